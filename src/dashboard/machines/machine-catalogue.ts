import { Injectable } from '@nestjs/common';
import { StateMachine, type AnyStateMachine } from 'xstate';
import { DurableRuntime } from '../../durable/index.js';
import { chartOf, type Chart } from '../chart/chart-model.js';
import { mermaidOf } from '../chart/chart-mermaid.js';
import { svgOf } from '../chart/chart-svg.js';
import { machineJson } from './machine-json.js';

export interface MachineSummary {
  readonly id: string;
  readonly version: string;
  /** True: new actors start on this version. */
  readonly current: boolean;
  /** Id of its parent machine; null: it is no child. */
  readonly childOf: string | null;
}

interface Entry extends MachineSummary {
  readonly machine: AnyStateMachine;
  drawn: { readonly chart: Chart; readonly svg: Promise<string> } | null;
}

/** Finds the machines of this process and draws each once. */
@Injectable()
export class MachineCatalogue {
  private entries: Entry[] | null = null;

  constructor(private readonly runtime: DurableRuntime) {}

  list(): readonly MachineSummary[] {
    return this.all().map(({ id, version, current, childOf }) => ({ id, version, current, childOf }));
  }

  /** @param version default: the current one. @returns null when there is no such machine. */
  find(id: string, version?: string): MachineDrawings | null {
    const entry = this.all().find(
      (each) => each.id === id && (version === undefined ? each.current : each.version === version),
    );
    return entry === undefined ? null : new MachineDrawings(entry);
  }

  /** Lists all machines. Modules register them before the first call. */
  private all(): readonly Entry[] {
    const { registry } = this.runtime;
    this.entries ??= registry.all().flatMap(({ machineId, version, twin }) => {
      const current = registry.current(machineId).version === version;
      return [
        { id: machineId, version, current, childOf: null, machine: twin, drawn: null },
        ...childrenOf(twin).map(({ machine, childOf }) => ({
          id: machine.id,
          version,
          current,
          childOf,
          machine,
          drawn: null,
        })),
      ];
    });
    return this.entries;
  }
}

export class MachineDrawings {
  constructor(private readonly entry: Entry) {}

  get definition(): Readonly<Record<string, unknown>> {
    return machineJson(this.entry.machine);
  }

  get chart(): Chart {
    return this.drawn().chart;
  }

  get mermaid(): string {
    return mermaidOf(this.chart);
  }

  svg(): Promise<string> {
    return this.drawn().svg;
  }

  private drawn() {
    const { entry } = this;
    if (entry.drawn !== null) return entry.drawn;
    const chart = chartOf(entry.machine, entry.version);
    const drawn = { chart, svg: svgOf(chart) };
    entry.drawn = drawn;
    // The next call draws again after a failure.
    drawn.svg.catch(() => {
      if (entry.drawn === drawn) entry.drawn = null;
    });
    return drawn;
  }
}

function childrenOf(machine: AnyStateMachine): { machine: AnyStateMachine; childOf: string }[] {
  const actors = Object.values(machine.implementations.actors as Readonly<Record<string, unknown>>); // any logic at all
  return actors
    .filter((logic) => logic instanceof StateMachine)
    .flatMap((logic) => {
      const child = logic as AnyStateMachine; // the filter above checks it
      return [{ machine: child, childOf: machine.id }, ...childrenOf(child)];
    });
}
