/**
 * The environment is not usable. `message` has one line for each bad key: its name, its value (never a secret one) and the
 * rule that it breaks. It may be printed.
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
  /** The value, or a stand-in where it is secret; null when the key is not set. */
  readonly shown: string | null;
  readonly rule: string;
}

function found({ shown }: ConfigProblem): string {
  return shown === null ? ' (not set)' : `=${shown}`;
}
