import type { AnyStateMachine } from 'xstate';
import { hashOfDefinition, loadOntoMachine } from '../../src/durable/inspect.js';
import { MemoryStore, VirtualClock } from '../../src/durable/testing.js';
import { activitiesOf, ANSWERS } from '../model/order-fixture.js';
import { recordOf, type Corpus, type CorpusEntry } from './corpus-files.js';
import { playToItsEnd } from './corpus-play.js';
import { runtimeAt, type RegisterMachines } from './order-machines.js';
import { allPlaces, placesOf } from './stored-place.js';

export interface CheckReport {
  readonly snapshots: number;
  /** What would strand orders, or be left unchecked; empty when all is well. */
  readonly findings: readonly string[];
  /** What is worth knowing. */
  readonly notes: readonly string[];
}

/**
 * Would today's machines take over what earlier ones stored? Each snapshot is put on the machine its next turn would run on,
 * held against it, and played to its end.
 */
export async function checkCorpora(corpora: readonly Corpus[], register: RegisterMachines): Promise<CheckReport> {
  const findings: string[] = [];
  const notes: string[] = [];
  let snapshots = 0;
  const runtime = runtimeAt(new MemoryStore(), new VirtualClock());
  const current = register(runtime, partners);
  const { registry } = runtime;
  for (const corpus of corpora) {
    const title = `${corpus.machineId}@${corpus.version}`;
    if (hashOfDefinition(corpus.definition) !== corpus.definitionHash)
      findings.push(`${title}/definition.json was changed by hand.`);
    if (registry.has(corpus.machineId, corpus.version)) {
      const { definitionHash } = registry.find(corpus.machineId, corpus.version);
      if (definitionHash !== corpus.definitionHash)
        notes.push(`The definition of ${title} is no longer the recorded one.`);
    }
    for (const entry of corpus.entries) {
      snapshots += 1;
      const problem = refusal(entry) ?? (await playToItsEnd(entry, register, partners));
      if (problem !== null) findings.push(`${title}/${entry.name}: ${problem}`);
    }
  }
  const own = corpora.find(({ machineId, version }) => machineId === current.machineId && version === current.version);
  for (const place of unrecorded(own, current.twin))
    findings.push(`${current.machineId}@${current.version} has no snapshot of an order in ${place}.`);
  return { snapshots, findings, notes };

  function refusal(entry: CorpusEntry): string | null {
    try {
      loadOntoMachine(registry, recordOf(entry), entry.actor.updatedAt);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

const partners = activitiesOf((activity) => Promise.resolve(ANSWERS[activity]));

function unrecorded(corpus: Corpus | undefined, machine: AnyStateMachine): string[] {
  const recorded = new Set(
    corpus?.entries.flatMap(({ actor }) => placesOf(actor.snapshot as Parameters<typeof placesOf>[0])), // a machine's
  );
  return allPlaces(machine).filter((place) => !recorded.has(place));
}

/** For a person: what was found, and what to do about it. */
export function describeReport({ snapshots, findings, notes }: CheckReport): string {
  if (findings.length === 0)
    return [`${snapshots} stored orders fit today's machines, and come to their ends.`, ...notes].join('\n');
  return [
    `This change would strand orders (${findings.length} findings in ${snapshots} snapshots):`,
    ...findings.map((finding) => `  ${finding}`),
    ...notes,
    'If the recorded version was ever released: give the changed machine a version of its own (ORDER_MACHINE_VERSION in',
    'src/orders/machine/order/order-machine.ts) and add a migration from the recorded one (src/orders/order-migrations.ts),',
    'then record the new version beside the old: npm run machines:record.',
    'If it was not released: record it anew: npm run machines:record.',
    'See docs/adr/0006-versions-of-machines.md.',
  ].join('\n');
}
