import type { BlockedNames } from '../blocked-names.ts';
import type { Retries } from '../retries.ts';
import type { Slot } from '../waits.ts';
import type { Work } from '../work.ts';
import type { FragmentBuffers } from './fragment-buffers.ts';
import type { GroupBuffers } from './group-buffers.ts';
import type { WaitingRoom } from './waiting-room.ts';

/** What every step of copying files is given: the work of the unit, and the slot that does it. */
export interface FileJob {
  readonly work: Work;
  readonly slot: Slot;
  readonly retries: Retries;
  readonly blocked: BlockedNames;
  readonly room: WaitingRoom;
  readonly buffers: FragmentBuffers;
  readonly groupBuffers: GroupBuffers;
  /** Bytes of a file have arrived: from that it is seen how many should be in flight. */
  readonly pieceDone: (bytes: number) => void;
  /** How often the source had been away when the work on the present files began: what fails across an outage is tried again. */
  readonly outages: number;
}
