/** Prints every problem of the settings, for an operator who is about to correct them. */
export function printProblems(problems: readonly string[]): void {
  console.error('Invalid configuration:');
  for (const problem of problems) console.error(`  - ${problem}`);
}
