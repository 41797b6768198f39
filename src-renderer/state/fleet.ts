import { create } from 'zustand';
import type { About, Overview, Sample } from '../../src-shared/contract/console-types.ts';

interface FleetState {
  readonly about: About | null;
  readonly overview: Overview | null;
  readonly samples: readonly Sample[];
  /** The overview could not be had although the machine answers; null once it comes again. */
  readonly error: string | null;
}

/** What the machine says about itself and about all tasks together. Written by follow.ts alone. */
export const useFleet = create<FleetState>(() => ({
  about: null,
  overview: null,
  samples: [],
  error: null,
}));
