/**
 * The environment cannot be used. `message` holds one line per bad key: its name, what was found (never of a secret) and
 * the rule it breaks. Fit to be printed as it is.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'config_invalid';

  constructor(readonly problems: readonly ConfigProblem[]) {
    super(problems.map((problem) => `${problem.key}${found(problem)} ${problem.rule}`).join('\n'));
  }
}

export interface ConfigProblem {
  readonly key: string;
  /** What was found, fit to be shown; null when nothing was set. */
  readonly shown: string | null;
  readonly rule: string;
}

function found({ shown }: ConfigProblem): string {
  return shown === null ? ' (not set)' : `=${shown}`;
}
