/** What is checked: a setting that only the outside can prove right. */
export type CheckKind =
  'settings' | 'database' | 'address' | 'customer' | 'project' | 'storage profile' | 'read key' | 'CORS rule';

export interface CheckResult {
  kind: CheckKind;
  /** Which one of its kind. */
  name: string;
  /** `unknown` if it could not be checked, because something else is in the way. */
  outcome: 'ok' | 'failed' | 'unknown';
  /** What was found, and what to do about it. */
  detail: string;
}
