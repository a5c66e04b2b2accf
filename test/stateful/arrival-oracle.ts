/**
 * How an order must end, given only what arrived about its payment and in which order. Written from the words of
 * docs/GUARANTEES.md: it knows neither the runtime nor the chart.
 */

/**
 * - `accepted`, `rejected`: the customer decides, and the provider tells us at once.
 * - `duplicate`: the first callback again, under its key.
 * - `late`: the customer pays in time, and the provider tells us after the deadline.
 * - `wrong amount`: the provider tells us of an amount that nobody asked for.
 * - `timeout`: the time to pay passes. `cancel`: the customer gives the order up.
 * - `opens`: the provider's answer to our request comes; what arrived before it was early.
 */
export type Arrival = 'accepted' | 'rejected' | 'duplicate' | 'late' | 'wrong amount' | 'timeout' | 'cancel' | 'opens';

type Outcome = 'fulfilled' | 'payment_failed' | 'payment_timed_out' | 'cancelled';

export interface Ending {
  readonly outcome: Outcome;
  readonly money: 'captured' | 'rejected' | 'voided' | 'refunded';
}

type Message = 'accepted' | 'rejected' | 'wrong amount' | 'cancel';

/** In an open payment the first that says something decides; a dispute ends likewise, or is given up. */
const DECIDES: Readonly<Record<'open' | 'disputed', Partial<Record<Message, Outcome | 'disputed'>>>> = {
  open: { accepted: 'fulfilled', rejected: 'payment_failed', cancel: 'cancelled', 'wrong amount': 'disputed' },
  disputed: { accepted: 'fulfilled', rejected: 'payment_failed', cancel: 'payment_failed' },
};

/** @param leisurely whether what follows from an arrival is done before the next one comes. */
export function expectedEnding(arrivals: readonly Arrival[], leisurely: boolean): Ending {
  const order = new PaidFor();
  for (const arrival of arrivals) {
    order.take(arrival);
    if (leisurely) order.carryOut();
  }
  return order.atTheEnd();
}

class PaidFor {
  private position: 'early' | 'open' | 'disputed' | Outcome = 'early';
  private money: 'asked for' | 'captured' | 'rejected' | 'voided' = 'asked for';
  private readonly early: Message[] = [];

  take(arrival: Arrival): void {
    switch (arrival) {
      case 'accepted':
        this.customer('captured');
        this.hear('accepted');
        return;
      case 'rejected':
        this.customer('rejected');
        this.hear('rejected');
        return;
      case 'late':
        this.customer('captured');
        this.timeOut();
        this.hear('accepted');
        return;
      case 'wrong amount':
      case 'cancel':
        this.hear(arrival);
        return;
      case 'timeout':
        this.timeOut();
        return;
      case 'opens':
        this.position = 'open';
        for (const message of this.early) this.hear(message);
        this.carryOut();
        return;
      case 'duplicate':
        return;
    }
  }

  /** An order that does not ship voids its payment, if there still is something to void. */
  carryOut(): void {
    if (this.isDecided && this.position !== 'fulfilled' && this.money === 'asked for') this.money = 'voided';
  }

  /** Nothing more arrives: what is open times out, and a dispute nobody looks at is given up. */
  atTheEnd(): Ending {
    this.timeOut();
    const { position, money } = this;
    if (position === 'fulfilled') return { outcome: position, money: 'captured' };
    const outcome = position === 'cancelled' || position === 'payment_timed_out' ? position : 'payment_failed';
    return { outcome, money: money === 'captured' ? 'refunded' : money === 'rejected' ? 'rejected' : 'voided' };
  }

  private get isDecided(): boolean {
    return this.position !== 'early' && this.position !== 'open' && this.position !== 'disputed';
  }

  /** At the provider a payment is decided once, and not after it was voided. */
  private customer(decision: 'captured' | 'rejected'): void {
    if (this.money === 'asked for') this.money = decision;
  }

  private hear(message: Message): void {
    if (this.position === 'early') this.early.push(message);
    if (this.position === 'open' || this.position === 'disputed') {
      this.position = DECIDES[this.position][message] ?? this.position;
    }
  }

  private timeOut(): void {
    if (this.position === 'open') this.position = 'payment_timed_out';
    this.carryOut();
  }
}
