import type { Fault, FaultTarget, SingleFault } from "./fault.ts";

/** Scripted faults waiting for the requests they are meant for. */
export class FaultQueue {
  /** First come, first served; an entry leaves when its `times` are used up. */
  #waiting: { readonly fault: Fault; timesLeft: number }[] = [];

  /** Each fault hits a request of its own, in this order. */
  add(faults: readonly Fault[]): void {
    this.#waiting.push(...faults.map((fault) => ({ fault, timesLeft: fault.times ?? 1 })));
  }

  /** Takes the next fault meant for this endpoint, spread into its parts. */
  take(target: FaultTarget): readonly SingleFault[] {
    const next = this.#waiting.find(({ fault }) => targetOf(fault) === target);
    if (next === undefined) return [];
    next.timesLeft -= 1;
    if (next.timesLeft === 0) this.#waiting = this.#waiting.filter((entry) => entry !== next);
    return spread(next.fault);
  }

  clear(): void {
    this.#waiting = [];
  }
}

/** The single faults a fault consists of. */
export function spread(fault: Fault): readonly SingleFault[] {
  return fault.kind === "all" ? fault.faults : [fault];
}

function targetOf(fault: Fault): FaultTarget {
  const [first] = spread(fault);
  const isCatalogFault = first?.kind === "empty-catalog" || first?.kind === "malformed-catalog";
  return fault.on ?? first?.on ?? (isCatalogFault ? "models" : "chat");
}
