/** What two runs are compared by after every step. */
export interface Observation {
  /** JSON of the persisted snapshot without what is ours by nature. */
  readonly snapshot: string;
  /** `active`, `done` or `error`. */
  readonly status: string;
  readonly output: string;
  /** All events emitted so far: `path: JSON`. */
  readonly emitted: readonly string[];
  /** Delayed events that are to come: `due owner > target: JSON`, the time counted from the start. */
  readonly pending: readonly string[];
}

export interface Pending {
  readonly dueAt: number;
  readonly owner: string;
  readonly target: string;
  readonly event: unknown;
}

export function observe(
  persisted: unknown,
  emitted: readonly { readonly path: unknown; readonly event: unknown }[],
  pending: readonly Pending[],
  startedAt: number,
): Observation {
  const name = nameSessions();
  const snapshot = JSON.parse(JSON.stringify(persisted), (_key, value: unknown) => strip(value)) as Stored;
  return {
    snapshot: name(JSON.stringify(snapshot)),
    status: snapshot.status,
    output: JSON.stringify(snapshot.output) ?? 'undefined', // eslint-disable-line @typescript-eslint/no-unnecessary-condition -- undefined for undefined
    emitted: emitted.map(({ path, event }) => name(`${String(path)}: ${JSON.stringify(event)}`)),
    pending: pending
      .map(({ dueAt, owner, target, event }) =>
        name(`${Math.ceil(dueAt - startedAt)} ${owner} > ${target}: ${JSON.stringify(event)}`),
      )
      .sort(),
  };
}

interface Stored {
  readonly status: string;
  readonly output?: unknown;
}

/** @returns one line for each thing that differs. */
export function differences(expected: Observation, actual: Observation): string[] {
  const lines: string[] = [];
  for (const key of ['status', 'output', 'snapshot', 'emitted', 'pending'] as const) {
    const [a, b] = [JSON.stringify(expected[key]), JSON.stringify(actual[key])];
    if (a !== b) lines.push(`${key}\n  plain:   ${a}\n  durable: ${b}`);
  }
  return lines;
}

/** Takes out: extras beside a machine's snapshot, an activity's task id, and the times of an activity's failure. */
function strip(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const fields = value as Record<string, unknown>; // a JSON object
  const isSnapshot = 'status' in fields;
  const isFailure = 'retryable' in fields;
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([key]) =>
        !(isSnapshot && (key === 'durable' || key === 'taskId')) &&
        !(isFailure && (key === 'startedAt' || key === 'failedAt')),
    ),
  );
}

/** Names XState drew by counting (`x:7`) become the same in every run: numbered by first appearance. */
function nameSessions(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) =>
    text.replace(/\bx:\d+\b/g, (session) => {
      const name = known.get(session) ?? `session-${known.size + 1}`;
      known.set(session, name);
      return name;
    });
}
