import type { DestinationMetrics } from '../destination.ts';
import type { Gate } from './gate.ts';

/**
 * Resource units that Microsoft publishes for one operation (sp-dev-docs, "Avoid getting throttled", 2025-10). Parts
 * of a batch cost what they cost alone, and throttled ones cost as well. No figure is given for a fragment; it is
 * counted as an upload.
 */
export const units = {
  get: 1,
  deltaWithToken: 1,
  list: 2,
  write: 2,
  fragment: 2,
  /** By SharePoint's own REST, for which no figure is given either. */
  listItemUpdate: 2,
} as const;

/** Counts what a destination was asked. */
export class Meter {
  #requests = 0;
  #units = 0;
  #retries = 0;

  sent(cost: number): void {
    this.#requests += 1;
    this.#units += cost;
  }

  again(count = 1): void {
    this.#retries += count;
  }

  read(gate: Gate, allowances: DestinationMetrics['allowances']): DestinationMetrics {
    return {
      requests: this.#requests,
      resourceUnits: this.#units,
      retries: this.#retries,
      throttledUntil: gate.closedUntil,
      allowances,
    };
  }
}
