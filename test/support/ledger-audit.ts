import { ledgerSchema, type LedgerEntryDto } from '../../src/contracts/ledger-contract.js';

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

const LEDGERS = ['payments', 'warehouse', 'fulfilment'];

export async function effectsOf(sandboxUrl: string, orderId: string): Promise<PartnerEffects> {
  const entries = await entriesOf(sandboxUrl, `?orderId=${orderId}`);
  return count(entries.filter((entry) => entry.orderId === orderId));
}

/** The effects of every order the partners know of, by its id. */
export async function effectsByOrder(sandboxUrl: string): Promise<Map<string, PartnerEffects>> {
  const byOrder = new Map<string, LedgerEntryDto[]>();
  for (const entry of await entriesOf(sandboxUrl, '')) {
    const known = byOrder.get(entry.orderId);
    if (known === undefined) byOrder.set(entry.orderId, [entry]);
    else known.push(entry);
  }
  return new Map([...byOrder].map(([orderId, entries]) => [orderId, count(entries)]));
}

async function entriesOf(sandboxUrl: string, query: string): Promise<LedgerEntryDto[]> {
  const ledgers = await Promise.all(
    LEDGERS.map(async (partner) => {
      const answer = await fetch(`${sandboxUrl}/${partner}/ledger${query}`);
      return ledgerSchema.parse(await answer.json());
    }),
  );
  return ledgers.flat();
}

function count(entries: readonly LedgerEntryDto[]): PartnerEffects {
  // A reservation has an entry for each of its products; it is the reservation that is counted.
  const distinct = (kind: LedgerEntryDto['kind']): number =>
    new Set(entries.filter((entry) => entry.kind === kind).map((entry) => entry.reference)).size;
  return {
    captured: entries.filter((entry) => entry.kind === 'captured').length,
    refunded: entries.filter((entry) => entry.kind === 'refunded').length,
    shipped: entries.filter((entry) => entry.kind === 'shipped').length,
    reserved: distinct('reserved'),
    consumed: distinct('consumed'),
    released: distinct('released'),
    expired: distinct('expired'),
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
