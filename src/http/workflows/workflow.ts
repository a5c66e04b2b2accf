import type { AnyStateMachine, EventFromLogic, InputFrom } from 'xstate';
import type {
  ActorFilter,
  ActorView,
  DurableHandle,
  ExternalEvent,
  HistoryEntry,
  Page,
  SendResult,
} from '../../durable/index.js';
import { cursorInvalid, invalidRequest } from '../problem/request-error.js';
import type { WorkflowCorrection } from './workflow-correction.js';
import { FeatureError } from '../problem/feature-error.js';

/** A workflow in a response. Lists omit the details. All times are ISO 8601. */
export interface WorkflowView {
  readonly id: string;
  /** The machine's top-level state. */
  readonly status: string;
  readonly outcome: string | null;
  /** True while the workflow waits for a person. */
  readonly incident: boolean;
  /** When its next timer fires. Null: it has no timer. */
  readonly until: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The machine's attributes and its details. */
  readonly [detail: string]: unknown;
}

export interface WorkflowAudit {
  readonly by: string;
  readonly reason: string | undefined;
  /** A second command with this key has no effect. */
  readonly key: string | undefined;
}

/** Defines the details of a workflow in responses, and the correction that operators may make. */
export interface WorkflowShape<TContext> {
  /** Returns fields that a response contains in addition to the attributes. */
  readonly details: (context: TContext) => object;
  readonly correction?: WorkflowCorrection<TContext>;
}

/** Reads and commands actors of the machine `name`. It refuses with a FeatureError whose code starts with that name. */
export class Workflow<TMachine extends AnyStateMachine, TContext = unknown> {
  constructor(
    private readonly handle: DurableHandle<TMachine>,
    private readonly name: string,
    private readonly shape: WorkflowShape<TContext>,
  ) {}

  /**
   * Starts a workflow, which is durable when it resolves. `isRepeat` decides whether an existing workflow with this id
   * is the answer, or a conflict.
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
    return { ...viewOf(actor), ...this.shape.details(context) };
  }

  /** Lists the newest first. @throws RequestError when the cursor is invalid. */
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

  /** Lists the oldest first. `next` is the `after` of the next page. @throws FeatureError `<name>_not_found` */
  async history(
    id: string,
    { after = 0, limit = 100 }: { readonly after?: number | undefined; readonly limit?: number | undefined },
  ) {
    await this.open(id);
    const entries = await this.handle.history(id, { after, limit: limit + 1 });
    const items = entries.slice(0, limit).map((entry: HistoryEntry) => ({ ...entry, at: iso(entry.at) }));
    return { items, next: entries.length > limit ? (items.at(-1)?.seq ?? null) : null };
  }

  /** The event is stored when it resolves. @throws FeatureError `<name>_not_found`, `<name>_not_now`, `<name>_ended` */
  async send(id: string, command: string, { by, reason, key }: WorkflowAudit): Promise<WorkflowView> {
    await this.open(id);
    // Event types start with the machine's name. The machine refuses a type that it does not know.
    const event = { type: `${this.name}.${command}`, by, reason } as unknown as EventFromLogic<TMachine> &
      ExternalEvent;
    return this.taken(id, command, await this.handle.send(id, event, key === undefined ? {} : { key }));
  }

  /**
   * Retries the failed step of an incident. A correction changes the context first.
   * @throws FeatureError as {@link send}, and `<name>_correction_misfit`
   * @throws RequestError when the correction is invalid.
   */
  async retry(
    id: string,
    audit: WorkflowAudit,
    correction?: Readonly<Record<string, unknown>> | null,
  ): Promise<WorkflowView> {
    const { actor, context } = await this.open(id);
    if (correction === undefined || correction === null) {
      return this.taken(id, 'retry', await this.handle.retry(id, audit));
    }
    const patch = actor.incident ? this.patchOf(correction, context) : {};
    return this.taken(id, 'retry', await this.handle.retry(id, { ...audit, patch }));
  }

  /**
   * Skips the failed step. The workflow continues as if the activity had returned this output.
   * @throws FeatureError as {@link send}, and `<name>_skip_misfit`
   * @throws RequestError when the activity could not return such an output.
   */
  async skip(
    id: string,
    audit: WorkflowAudit & { readonly output: unknown; readonly activityId: string | undefined },
  ): Promise<WorkflowView> {
    await this.open(id);
    return this.taken(id, 'skip', await this.handle.skip(id, audit));
  }

  /** Ends the workflow in its current state, without compensations. @throws FeatureError as {@link send} */
  async terminate(id: string, audit: WorkflowAudit): Promise<WorkflowView> {
    await this.open(id);
    return this.taken(id, 'terminate', await this.handle.terminate(id, audit));
  }

  private patchOf(correction: Readonly<Record<string, unknown>>, context: TContext): Readonly<Record<string, unknown>> {
    const rules = this.shape.correction;
    const parsed = rules?.schema.safeParse(correction);
    if (parsed?.success === false) {
      throw invalidRequest(
        parsed.error.issues.map(({ path, message }) => {
          const field = ['patch', ...path.map(String)].join('.');
          return { field, rule: 'isCorrection', message: `${field}: ${message}` };
        }),
      );
    }
    const patch = parsed === undefined ? null : (rules?.patchOf(parsed.data, context) ?? null);
    if (patch !== null) return patch;
    throw this.refusal('conflict', 'correction_misfit', `The ${this.name} cannot be corrected where it stands.`);
  }

  private taken(id: string, command: string, result: SendResult): Promise<WorkflowView> {
    const { disposition, firstState, actor, reason, problems } = result;
    if (disposition !== 'refused' && firstState !== 'refused') return this.get(id);
    if (reason === 'output_invalid') {
      throw invalidRequest(problems.map((message) => ({ field: 'output', rule: 'isOutput', message })));
    }
    if (reason === 'nothing_to_skip' || reason === 'activity_unknown' || reason === 'activity_ambiguous') {
      throw this.refusal('conflict', 'skip_misfit', `No single step of the ${this.name} could be skipped like this.`);
    }
    throw actor.completedAt === null
      ? this.refusal('conflict', 'not_now', `The ${this.name} cannot take ${command} while it is ${actor.status}.`)
      : this.refusal('gone', 'ended', `The ${this.name} has ended as ${actor.status} and takes no event any more.`);
  }

  private async open(id: string): Promise<{ readonly actor: ActorView; readonly context: TContext }> {
    const opened = await this.handle.open(id);
    if (opened === null) throw this.refusal('not_found', 'not_found', `There is no such ${this.name}.`);
    return { actor: opened.actor, context: (opened.snapshot as { context: TContext }).context }; // its own context
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
