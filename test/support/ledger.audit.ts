import { ledgerSchema, type LedgerEntryDto } from '../../src/contracts/ledger.contract.js';

/** What the partners themselves say happened for one order, counted without our own records. */
export interface PartnerEffects {
  readonly captured: number;
  readonly refunded: number;
  readonly shipped: number;
  readonly reserved: number;
  readonly consumed: number;
  readonly released: number;
  readonly expired: number;
  /** How often an effect was asked for again under its key. */
  readonly repeats: number;
}

export async function effectsOf(sandboxUrl: string, orderId: string): Promise<PartnerEffects> {
  const ledgers = await Promise.all(
    ['payments', 'warehouse', 'fulfilment'].map(async (partner) => {
      const answer = await fetch(`${sandboxUrl}/${partner}/ledger?orderId=${orderId}`);
      return ledgerSchema.parse(await answer.json());
    }),
  );
  const entries = ledgers.flat().filter((entry) => entry.orderId === orderId);
  // A reservation has an entry for each of its products; it is the reservation that is counted.
  const count = (kind: LedgerEntryDto['kind']): number =>
    new Set(entries.filter((entry) => entry.kind === kind).map((entry) => entry.reference)).size;
  return {
    captured: entries.filter((entry) => entry.kind === 'captured').length,
    refunded: entries.filter((entry) => entry.kind === 'refunded').length,
    shipped: entries.filter((entry) => entry.kind === 'shipped').length,
    reserved: count('reserved'),
    consumed: count('consumed'),
    released: count('released'),
    expired: count('expired'),
    repeats: entries.reduce((sum, entry) => sum + entry.timesAsked - 1, 0),
  };
}

/** @returns what is wrong with a finished order's effects; empty when captured means shipped or refunded, and so on. */
export function violations(effects: PartnerEffects): string[] {
  const { captured, refunded, shipped, reserved, consumed, released, expired } = effects;
  return [
    ...(captured > 1 ? [`charged ${captured} times`] : []),
    ...(refunded > captured ? ['refunded more than was charged'] : []),
    ...(shipped > 1 ? [`shipped ${shipped} times`] : []),
    ...(captured - refunded === shipped ? [] : [`charged ${captured - refunded} times and shipped ${shipped} times`]),
    ...(reserved > 1 ? [`reserved ${reserved} times`] : []),
    ...(shipped === 1 && consumed !== 1 ? ['shipped without consuming the reservation'] : []),
    ...(shipped === 0 && reserved !== released + expired ? ['a reservation is still held'] : []),
  ];
}
