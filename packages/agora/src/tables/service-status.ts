/**
 * `status` of query's reply and of event 3: where Agora's service stands.
 * Source: docs/agora/status-and-files.md, Service status.
 */
export const SERVICE_STATUSES = [
  { code: 0, name: 'NOT_STARTED', description: 'The cloud service has not started.' },
  { code: 1, name: 'INITIALIZED', description: 'The initialization is complete.' },
  { code: 2, name: 'STARTING', description: 'The recorder is starting.' },
  { code: 3, name: 'PARTIALLY_READY', description: 'The service is partially ready: the uploader is.' },
  { code: 4, name: 'READY', description: 'The recorder is ready: the recording runs.' },
  { code: 5, name: 'IN_PROGRESS', description: 'The recording runs, and its first file has been uploaded.' },
  { code: 6, name: 'STOP_RECEIVED', description: 'The service has received the request to stop.' },
  { code: 7, name: 'STOPPED', description: 'The service has stopped recording.' },
  { code: 8, name: 'EXITED', description: 'The service is about to exit, or has exited.' },
  { code: 20, name: 'EXITED_ABNORMALLY', description: 'The service exited abnormally.' },
] as const;

export type ServiceStatusName = (typeof SERVICE_STATUSES)[number]['name'] | 'UNKNOWN';

export function serviceStatusName(code: number): ServiceStatusName {
  return SERVICE_STATUSES.find((status) => status.code === code)?.name ?? 'UNKNOWN';
}

/** The words of `subServiceStatus` in query's reply (docs/agora/status-and-files.md, Sub-service status). */
export const SUB_SERVICE_STATUSES = [
  { word: 'serviceIdle', name: 'IDLE', description: 'It has not started.' },
  { word: 'serviceStarted', name: 'STARTED', description: 'It has started.' },
  { word: 'serviceReady', name: 'READY', description: 'It is ready.' },
  { word: 'serviceInProgress', name: 'IN_PROGRESS', description: 'It works.' },
  { word: 'serviceCompleted', name: 'COMPLETED', description: 'It has completed its work.' },
  { word: 'servicePartialCompleted', name: 'PARTLY_COMPLETED', description: 'It has done a part of it.' },
  { word: 'serviceValidationFailed', name: 'VALIDATION_FAILED', description: 'It refused its parameters.' },
  { word: 'serviceAbnormal', name: 'ABNORMAL', description: 'It does not work as it should.' },
] as const;

export function subServiceStatusName(
  word: string,
): (typeof SUB_SERVICE_STATUSES)[number]['name'] | 'UNKNOWN' {
  return SUB_SERVICE_STATUSES.find((status) => status.word === word)?.name ?? 'UNKNOWN';
}
