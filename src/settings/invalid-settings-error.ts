/** The settings of a process are wrong; every problem is listed. */
export class InvalidSettingsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Invalid configuration: ${problems.join(' ')}`);
    this.problems = problems;
  }
}
