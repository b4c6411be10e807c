export * from './generated/graphql.js';
export { applyChange } from './apply-change.js';
export {
  createGatewayClient,
  type Document,
  type GatewayClient,
  type GatewayClientOptions,
} from './client.js';
export {
  isRefused,
  type Outcome,
  startRecording,
  stopRecording,
  updateMetadata,
  type UserError,
} from './commands.js';
export {
  ConnectionError,
  GatewayError,
  type GraphQLErrorReport,
  isCursorExpired,
  isPassing,
} from './errors.js';
export { follow, observe, type Observer } from './follow.js';
export {
  type LiveList,
  liveList,
  type LiveListOptions,
  type LiveListSnapshot,
  type LiveListStatus,
} from './live-list.js';
export { resuming, type ResumeOptions } from './resume.js';
export {
  type ChangesOptions,
  type CountsOptions,
  type EventsOptions,
  type PageOptions,
  recordingChanges,
  type RecordingEventItem,
  recordingEvents,
  type RecordingsChange,
  type RecordingsItem,
  type RecordingStatus,
  watchCounts,
  watchRecording,
  watchRecordings,
  type WatchRecordingsOptions,
} from './watch.js';
