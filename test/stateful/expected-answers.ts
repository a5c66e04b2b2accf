/** Which answers a request may get where the order stands. Written from docs/GUARANTEES.md and docs/ORDER_MACHINE.md. */
import { isEnd, type OrderPosition } from './order-position.js';
import type { Answer, SceneRequest } from './scene-request.js';

/** Every answer a request may get, if nothing else happens meanwhile. */
export function expectedAnswers(request: SceneRequest, before: OrderPosition): Answer[] {
  const { status, keyState } = before;
  // That an order is there needs no store, once the process has seen it.
  if (!before.reachable)
    return [{ kind: 'none' }, ...(request.kind === 'start' && status !== null ? [done('exists')] : [])];
  if (request.kind === 'start') return [status === null ? done('applied') : done('exists')];
  if (status === null) return [{ kind: 'unknown' }];
  if (keyState !== null) return [{ ...done('duplicate'), firstState: keyState }];
  return request.kind === 'event' ? [ofEvent(request.event.type, before)] : [ofCommand(request.request.type, before)];
}

function ofEvent(type: string, { status, path, incident }: OrderPosition): Answer {
  if (isEnd(status)) return done('refused', 'actor_ended');
  if (status === 'suspended') return done('kept', 'suspended');
  switch (type) {
    case 'payment.accepted':
    case 'payment.rejected':
      // Also where nobody waits for it: money is looked up at the provider before the order ends, a refusal is recorded.
      return done(/^AwaitingPayment\.(open|disputed)$/.test(path) || DECIDED.test(path) ? 'applied' : 'kept');
    case 'order.cancel':
      if (takesCancel(path)) return done('applied');
      return DECIDED.test(path) ? done('refused', 'not_now') : done('kept');
    default:
      return incident ? done('applied') : done('refused', 'not_now');
  }
}

function ofCommand(type: string, { status, path, incident }: OrderPosition): Answer {
  if (isEnd(status)) return done('refused', 'actor_ended');
  const notNow = done('refused', 'not_now');
  switch (type) {
    case 'suspend':
      return status === 'running' ? done('applied') : notNow;
    case 'resume':
      return status === 'suspended' ? done('applied') : notNow;
    case 'terminate':
      return done('applied');
    default:
      // Nothing but a person who compares the ledgers helps in a dispute.
      return status === 'running' && incident && path !== 'AwaitingPayment.disputed' ? done('applied') : notNow;
  }
}

/** The payment is decided: the order ships, or it is being wound up. */
const DECIDED = /^(PaymentSuccess|SendShippingOrder|PaymentFailed|Completed)\b/;

/** Where it is known what a cancellation has to undo. */
function takesCancel(path: string): boolean {
  return (
    /^(GettingProducts|GettingAddress)\./.test(path) ||
    path === 'ReservingProducts.incident' ||
    /^Calculating(Shipping|FinalPrice)\.(running|backoff|incident)$/.test(path) ||
    /^AwaitingPayment\.(stalled|open|disputed)$/.test(path)
  );
}

function done(disposition: Extract<Answer, { kind: 'answered' }>['disposition'], reason: string | null = null) {
  return { kind: 'answered', disposition, reason, firstState: null } as const;
}

export function isSameAnswer(one: Answer, other: Answer): boolean {
  return one.kind === 'answered' && other.kind === 'answered'
    ? one.disposition === other.disposition &&
        one.firstState === other.firstState &&
        // A duplicate repeats the reason of the first one.
        (one.disposition === 'duplicate' || one.reason === other.reason)
    : one.kind === other.kind;
}

export function answerInWords(answer: Answer): string {
  if (answer.kind !== 'answered') return answer.kind === 'none' ? 'no answer' : 'unknown order';
  return [answer.disposition, answer.firstState ?? answer.reason].filter((word) => word !== null).join(' ');
}
