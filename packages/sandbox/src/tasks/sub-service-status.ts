/** The status of the recording service in the words of subServiceStatus, for a service status of query. */
export function subServiceStatus(status: number): string {
  if (status === 0) return 'serviceIdle';
  if (status < 4) return 'serviceStarted';
  if (status === 4) return 'serviceReady';
  if (status === 5) return 'serviceInProgress';
  return status === 20 ? 'serviceAbnormal' : 'serviceCompleted';
}
