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
const LONGEST_PREFIX = 128;

export const STORAGE_RULES: readonly StorageRule[] = [
  ...(['bucket', 'accessKey', 'secretKey'] as const).map((field): StorageRule => ({
    field,
    source: `rest-api-reference.md, storageConfig, ${field}`,
    message: `${field} must not be empty.`,
    broken: (storage) => storage[field] === '',
  })),
  {
    field: 'stsToken',
    source: 'rest-api-reference.md, storageConfig, stsToken',
    message: 'stsToken is for Amazon S3, Alibaba Cloud and Tencent Cloud only.',
    broken: ({ vendor, stsToken }) =>
      stsToken !== undefined && ![AMAZON_S3, ALIBABA_CLOUD, TENCENT_CLOUD].includes(vendor),
  },
  {
    field: 'stsExpiration',
    source: 'rest-api-reference.md, storageConfig, stsExpiration',
    message: 'stsToken and stsExpiration belong together: give both, or neither.',
    broken: ({ stsToken, stsExpiration }) => (stsToken === undefined) !== (stsExpiration === undefined),
  },
  {
    field: 'fileNamePrefix',
    source: 'rest-api-reference.md, storageConfig, fileNamePrefix',
    message: 'Directories of fileNamePrefix are made of the letters a-z and A-Z and of digits.',
    broken: ({ fileNamePrefix = [] }) => fileNamePrefix.some((part) => !/^[a-zA-Z0-9]+$/.test(part)),
  },
  {
    field: 'fileNamePrefix',
    source: 'rest-api-reference.md, storageConfig, fileNamePrefix',
    message: `fileNamePrefix must not exceed ${LONGEST_PREFIX} characters with its slashes.`,
    broken: ({ fileNamePrefix = [] }) =>
      fileNamePrefix.map((part) => `${part}/`).join('').length > LONGEST_PREFIX,
  },
  {
    field: 'endpoint',
    source: 'rest-api-reference.md, storageConfig, vendor, 11',
    message: 'S3-compatible storage (vendor 11) needs an endpoint, the name of its host; others have none.',
    broken: ({ vendor, extensionParams }) =>
      (vendor === S3_COMPATIBLE) !== (extensionParams?.endpoint !== undefined) ||
      extensionParams?.endpoint === '',
  },
];

/** Properties that are only applicable to some vendors. With others they have no effect; no document forbids them. */
export const STORAGE_EFFECTS: readonly StorageRule[] = [
  {
    field: 'sse',
    source: 'rest-api-reference.md, extensionParams, sse',
    message: 'sse has an effect with Amazon S3 only.',
    broken: ({ vendor, extensionParams }) => extensionParams?.sse !== undefined && vendor !== AMAZON_S3,
  },
  {
    field: 'tag',
    source: 'rest-api-reference.md, extensionParams, tag',
    message: 'tag has an effect with Amazon S3 and Alibaba Cloud only.',
    broken: ({ vendor, extensionParams }) =>
      extensionParams?.tag !== undefined && vendor !== AMAZON_S3 && vendor !== ALIBABA_CLOUD,
  },
];
