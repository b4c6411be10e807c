import { type StorageConfig } from '../client/requests.js';

/** A rule that Agora states for storageConfig, for those who write one: in the configuration or in a request. */
export interface StorageRule {
  /** The property at fault. */
  readonly field: string;
  readonly source: string;
  readonly message: string;
  readonly broken: (storage: StorageConfig) => boolean;
}

const AMAZON_S3 = 1;
const ALIBABA_CLOUD = 2;
const TENCENT_CLOUD = 3;
const S3_COMPATIBLE = 11;

/** "The prefix's length, including the slashes, should not exceed 128 characters." */
const MAX_PREFIX_CHARACTERS = 128;

/** A host name, with or without a port: no scheme, no path. */
const HOST = /^(?=.{1,253}(:|$))[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/i;

/** Names of buckets as a vendor's own documentation has them. */
interface BucketRule {
  readonly vendors: readonly number[];
  readonly name: string;
  readonly pattern: RegExp;
  /** What a name must not be, although it fits the pattern. */
  readonly forbidden: readonly RegExp[];
  /** All of it in words. */
  readonly rule: string;
}

const IP_ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/;
const TWO_DOTS = /\.\./;
const ENDS = 'beginning and ending with a letter or digit';
const PLAIN = {
  pattern: /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  forbidden: [],
  rule: `3 to 63 lower-case letters, digits and "-", ${ENDS}`,
};
const DOTTED = {
  pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  forbidden: [IP_ADDRESS, TWO_DOTS],
  rule: `3 to 63 lower-case letters, digits, "." and "-", ${ENDS}, without ".." and not an IP address`,
};

/** Sources: the pages on naming buckets (Azure: containers) of each vendor. */
const BUCKETS: readonly BucketRule[] = [
  {
    vendors: [1],
    name: 'Amazon S3',
    ...DOTTED,
    forbidden: [
      ...DOTTED.forbidden,
      /^(xn--|sthree-|amzn-s3-demo-)/,
      /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/,
    ],
    rule: `${DOTTED.rule}, without the prefixes and suffixes that Amazon reserves`,
  },
  {
    // Some compatible services permit capital letters and "_".
    vendors: [11],
    name: 'S3-compatible storage',
    pattern: /^[a-z0-9][a-z0-9._-]{1,253}[a-z0-9]$/i,
    forbidden: [IP_ADDRESS, TWO_DOTS],
    rule: `3 to 255 letters, digits, ".", "_" and "-", ${ENDS}, without ".." and not an IP address`,
  },
  { vendors: [2], name: 'Alibaba Cloud', ...PLAIN },
  { vendors: [3], name: 'Tencent Cloud', ...PLAIN },
  {
    vendors: [5],
    name: 'Microsoft Azure',
    ...PLAIN,
    forbidden: [/--/],
    rule: `${PLAIN.rule}, without "--"`,
  },
  {
    vendors: [6],
    name: 'Google Cloud',
    pattern: /^(?=.{3,222}$)[a-z0-9](?:[a-z0-9._-]*[a-z0-9])$/,
    // Each part between dots has up to 63 characters.
    forbidden: [IP_ADDRESS, TWO_DOTS, /[^.]{64}/, /^goog/, /g[o0][o0]g[l1]e/],
    rule:
      `3 to 63 lower-case letters, digits, ".", "_" and "-" (222 with dots, 63 between them), ${ENDS}, without ".." or ` +
      '"google", not beginning with "goog" and not an IP address',
  },
  {
    vendors: [7],
    name: 'Huawei Cloud',
    ...DOTTED,
    forbidden: [...DOTTED.forbidden, /\.-|-\./],
    rule: `${DOTTED.rule}, without ".-" and "-."`,
  },
  { vendors: [8], name: 'Baidu', ...PLAIN },
];

export const STORAGE_RULES: readonly StorageRule[] = [
  ...(['bucket', 'accessKey', 'secretKey'] as const).map((field): StorageRule => ({
    field,
    source: `docs/agora/starting-and-stopping.md, storageConfig, ${field}`,
    message: `${field} must not be empty.`,
    broken: (storage) => storage[field] === '',
  })),
  {
    field: 'stsToken',
    source: 'docs/agora/starting-and-stopping.md, storageConfig, stsToken',
    message: 'stsToken is for Amazon S3, Alibaba Cloud and Tencent Cloud only.',
    broken: ({ vendor, stsToken }) =>
      stsToken !== undefined && ![AMAZON_S3, ALIBABA_CLOUD, TENCENT_CLOUD].includes(vendor),
  },
  {
    field: 'fileNamePrefix',
    source: 'docs/agora/starting-and-stopping.md, storageConfig, fileNamePrefix',
    message: 'Directories of fileNamePrefix are made of the letters a-z and A-Z and of digits.',
    broken: ({ fileNamePrefix = [] }) => fileNamePrefix.some((part) => !/^[a-zA-Z0-9]+$/.test(part)),
  },
  {
    field: 'fileNamePrefix',
    source: 'docs/agora/starting-and-stopping.md, storageConfig, fileNamePrefix',
    message: `fileNamePrefix must not exceed ${MAX_PREFIX_CHARACTERS} characters with its slashes.`,
    broken: ({ fileNamePrefix = [] }) =>
      fileNamePrefix.map((part) => `${part}/`).join('').length > MAX_PREFIX_CHARACTERS,
  },
  {
    field: 'endpoint',
    source: 'docs/agora/starting-and-stopping.md, storageConfig, vendor, 11',
    message: 'S3-compatible storage (vendor 11) needs an endpoint, the name of its host; others have none.',
    broken: ({ vendor, extensionParams }) =>
      (vendor === S3_COMPATIBLE) !== (extensionParams?.endpoint !== undefined) ||
      extensionParams?.endpoint === '',
  },
  {
    field: 'endpoint',
    source: 'docs/agora/starting-and-stopping.md, extensionParams, endpoint',
    message:
      'endpoint must be the name of a host, without https:// and without a path, such as s3.example.com.',
    broken: ({ extensionParams }) =>
      extensionParams?.endpoint !== undefined &&
      extensionParams.endpoint !== '' &&
      !HOST.test(extensionParams.endpoint),
  },
  {
    field: 'tag',
    source: 'docs/agora/starting-and-stopping.md, extensionParams',
    message: 'Amazon S3 needs sse and tag together: give both, or neither.',
    broken: ({ vendor, extensionParams }) =>
      vendor === AMAZON_S3 && (extensionParams?.sse === undefined) !== (extensionParams?.tag === undefined),
  },
  {
    field: 'bucket',
    source: 'docs/agora/starting-and-stopping.md, storageConfig, bucket',
    message:
      'bucket must be the name of a bucket, not its address: leave out "https://", "arn:", "/" and blanks.',
    broken: ({ bucket }) => /[\s/:]/.test(bucket),
  },
  ...BUCKETS.map(({ vendors, name, pattern, forbidden, rule }): StorageRule => ({
    field: 'bucket',
    source: `the documentation of ${name}`,
    message: `bucket must be a name that ${name} permits: ${rule}.`,
    broken: ({ vendor, bucket }) =>
      vendors.includes(vendor) &&
      bucket !== '' &&
      !/[\s/:]/.test(bucket) &&
      (!pattern.test(bucket) || forbidden.some((each) => each.test(bucket))),
  })),
];

/** Properties that are only applicable to some vendors, or with others. Else they have no effect; no document forbids them. */
export const STORAGE_EFFECTS: readonly StorageRule[] = [
  {
    field: 'stsExpiration',
    source: 'docs/agora/starting-and-stopping.md, storageConfig, stsExpiration',
    message: 'stsExpiration has an effect with stsToken only.',
    broken: ({ stsToken, stsExpiration }) => stsExpiration !== undefined && stsToken === undefined,
  },
  {
    field: 'sse',
    source: 'docs/agora/starting-and-stopping.md, extensionParams, sse',
    message: 'sse has an effect with Amazon S3 only.',
    broken: ({ vendor, extensionParams }) => extensionParams?.sse !== undefined && vendor !== AMAZON_S3,
  },
  {
    field: 'tag',
    source: 'docs/agora/starting-and-stopping.md, extensionParams, tag',
    message: 'tag has an effect with Amazon S3 and Alibaba Cloud only.',
    broken: ({ vendor, extensionParams }) =>
      extensionParams?.tag !== undefined && vendor !== AMAZON_S3 && vendor !== ALIBABA_CLOUD,
  },
];
