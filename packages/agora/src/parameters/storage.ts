import { ALL_MODES, choice, date, type ParameterTable, text, texts } from './parameter.js';

/** storageConfig, without vendor and region, which the schema has as one choice. Its rules are in tables/storage-rules.ts. */
export const STORAGE_PARAMETERS = {
  bucket: {
    wire: 'storageConfig.bucket',
    type: text(),
    default: null,
    required: true,
    modes: ALL_MODES,
    description: 'Name of the bucket',
  },
  accessKey: {
    wire: 'storageConfig.accessKey',
    type: text(),
    default: null,
    required: true,
    modes: ALL_MODES,
    secrecy: 'secret',
    description: 'Access key',
  },
  secretKey: {
    wire: 'storageConfig.secretKey',
    type: text(),
    default: null,
    required: true,
    modes: ALL_MODES,
    secrecy: 'secret',
    description: 'Secret key',
  },
  stsToken: {
    wire: 'storageConfig.stsToken',
    type: text(),
    default: null,
    modes: ALL_MODES,
    secrecy: 'secret',
    description: 'Temporary security token; Amazon S3, Alibaba Cloud and Tencent Cloud only',
    note: 'A recording of more than an hour needs fresh credentials every 60 minutes: updateRecording, storageCredentials.',
  },
  stsExpiration: {
    wire: 'storageConfig.stsExpiration',
    type: date,
    default: null,
    modes: ALL_MODES,
    description: 'When stsToken expires',
    note: 'Agora asks for a validity of at least 4 hours.',
  },
  fileNamePrefix: {
    wire: 'storageConfig.fileNamePrefix',
    // Limited by its length in all.
    type: texts(128),
    default: [],
    modes: ALL_MODES,
    description: 'Directories before the file names, each of letters and digits',
    note: 'Their length with the slashes is at most 128.',
  },
} as const satisfies ParameterTable;

export const STORAGE_EXTENSION_PARAMETERS = {
  sse: {
    wire: 'storageConfig.extensionParams.sse',
    type: choice('StorageEncryption', ['kms', 'aes256']),
    default: null,
    modes: ALL_MODES,
    description: 'Encryption by the storage; Amazon S3 only',
    absent: 'none',
    note: 'It needs tag.',
  },
  tag: {
    wire: 'storageConfig.extensionParams.tag',
    type: text(),
    default: null,
    modes: ALL_MODES,
    description: 'Tag of the files; Amazon S3 and Alibaba Cloud only',
    absent: 'none',
    note: 'At Amazon S3, it needs sse.',
  },
} as const satisfies ParameterTable;
