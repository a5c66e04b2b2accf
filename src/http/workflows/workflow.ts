import type { AnyStateMachine, EventFromLogic, InputFrom } from 'xstate';
import type { ActorFilter, ActorView, DurableHandle, ExternalEvent, HistoryEntry, Page } from '../../durable/index.js';
import { cursorInvalid } from '../problem/request-error.js';
import { FeatureError } from '../problem/feature-error.js';

/** A workflow as the outside sees it; lists show no details. All times are ISO 8601. */
export interface WorkflowView {
  readonly id: string;
  /** The machine's top-level state. */
  readonly status: string;
  readonly outcome: string | null;
  /** True while a person is needed. */
  readonly incident: boolean;
  /** When it goes on by itself. */
  readonly until: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The machine's attributes, and its details. */
  readonly [detail: string]: unknown;
}

export interface WorkflowCommand {
  /** Without the workflow's name: `approve` is the event `return.approve`; `retry` is for an incident. */
  readonly command: string;
  readonly by: string;
  readonly reason: string | undefined;
  /** Deduplicates. */
  readonly key: string | undefined;
}

/** The machine `name` to be read and told over HTTP; what it refuses is a FeatureError whose code begins with its name. */
export class Workflow<TMachine extends AnyStateMachine, TContext = unknown> {
  constructor(
    private readonly handle: DurableHandle<TMachine>,
    private readonly name: string,
    /** What is shown of one beside its attributes. */
    private readonly details: (context: TContext) => object,
  ) {}

  /**
   * Durable when it resolves. A repeat, known by the caller's key, gets what the first one got.
   * @throws FeatureError `<name>_exists`
   */
  async start(id: string, input: InputFrom<TMachine>, isRepeat: (context: TContext) => boolean): Promise<WorkflowView> {
    const { created, actor } = await this.handle.start(input, { id });
    const { context } = await this.open(actor.id);
    if (!created && !isRepeat(context))
      throw this.refusal('conflict', 'exists', `There is a ${this.name} already: ${actor.id}.`);
    return this.get(id);
  }

  /** @throws FeatureError `<name>_not_found` */
  async get(id: string): Promise<WorkflowView> {
    const { actor, context } = await this.open(id);
    return { ...viewOf(actor), ...this.details(context) };
  }

  /** Newest first. @throws RequestError */
  async list(
    filter: ActorFilter,
    page: { readonly limit?: number; readonly cursor?: string },
  ): Promise<Page<WorkflowView>> {
    try {
      const { items, next } = await this.handle.list(filter, page);
      return { items: items.map(viewOf), next };
    } catch (error) {
      throw error instanceof RangeError ? cursorInvalid() : error;
    }
  }

  /** Oldest first; `next` is what to ask for with `after`. @throws FeatureError `<name>_not_found` */
  async history(
    id: string,
    { after = 0, limit = 100 }: { readonly after?: number | undefined; readonly limit?: number | undefined },
  ) {
    await this.open(id);
    const entries = await this.handle.history(id, { after, limit: limit + 1 });
    const items = entries.slice(0, limit).map((entry: HistoryEntry) => ({ ...entry, at: iso(entry.at) }));
    return { items, next: entries.length > limit ? (items.at(-1)?.seq ?? null) : null };
  }

  /** Stored when it resolves. @throws FeatureError `<name>_not_found`, `<name>_not_now`, `<name>_ended` */
  async send(id: string, { command, by, reason, key }: WorkflowCommand): Promise<WorkflowView> {
    await this.open(id);
    // Events are named after the workflow; what the machine does not know it refuses.
    const event = { type: `${this.name}.${command}`, by, reason } as unknown as EventFromLogic<TMachine> &
      ExternalEvent;
    const { disposition, firstState, actor } =
      command === 'retry'
        ? await this.handle.retry(id, { by, reason, key })
        : await this.handle.send(id, event, key === undefined ? {} : { key });
    if (disposition !== 'refused' && firstState !== 'refused') return this.get(id);
    throw actor.completedAt === null
      ? this.refusal('conflict', 'not_now', `The ${this.name} cannot take ${command} while it is ${actor.status}.`)
      : this.refusal('gone', 'ended', `The ${this.name} has ended as ${actor.status} and takes no event any more.`);
  }

  private async open(id: string): Promise<{ readonly actor: ActorView; readonly context: TContext }> {
    const opened = await this.handle.open(id);
    if (opened === null) throw this.refusal('not_found', 'not_found', `There is no such ${this.name}.`);
    return { actor: opened.actor, context: (opened.snapshot as { context: TContext }).context }; // the machine's own
  }

  private refusal(kind: FeatureError['kind'], what: string, message: string): FeatureError {
    return new FeatureError(kind, `${this.name.replaceAll('-', '_')}_${what}`, message);
  }
}

function viewOf({
  id,
  status,
  outcome,
  incident,
  waitingFor,
  createdAt,
  updatedAt,
  attributes,
}: ActorView): WorkflowView {
  const timer = waitingFor.find((each) => each.kind === 'timer');
  return {
    ...attributes,
    id,
    status,
    outcome,
    incident,
    until: timer === undefined ? null : iso(timer.dueAt),
    createdAt: iso(createdAt),
    updatedAt: iso(updatedAt),
  };
}

const iso = (epochMs: number): string => new Date(epochMs).toISOString();
