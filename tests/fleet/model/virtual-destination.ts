import type { Node } from './tree.ts';
import type { World } from './world.ts';

/** Whoever writes: a unit as one program works on it. */
export interface Writer {
  readonly machine: string;
  readonly unit: string;
  readonly epoch: number;
  /** False when its process is dead: what it sent may still arrive. */
  readonly alive: boolean;
  /** It could write there at this moment, if it wanted to: it lives, it is awake, its fence is open, and the place is its own. */
  mightWrite(path: string): boolean;
}

interface Stored {
  readonly node: Node;
  readonly id: string;
  readonly by: Writer;
}

/**
 * A virtual destination. It keeps what is written, and watches over who writes: nobody may begin or end a write in a place where
 * somebody else could write at that moment.
 */
export class VirtualDestination {
  readonly stored = new Map<string, Stored>();
  /** All that work on units now. */
  readonly writers = new Set<Writer>();
  /** Files that were sent and of which a copy was there already. */
  sentAgain = 0;
  readonly #world: World;
  #last = 0;

  constructor(world: World) {
    this.#world = world;
  }

  find(path: string): { readonly node: Node; readonly id: string } | undefined {
    return this.stored.get(path);
  }

  /** A writer begins to send. */
  begin(node: Node, by: Writer): void {
    this.#world.say(by.machine, () => `begins ${node.path} (${by.unit}, epoch ${by.epoch})`);
    this.#watch(node, by, 'begins to write');
  }

  /** What was sent has arrived in full. Under a name that is taken nothing is stored; a folder that is there is as good as made. */
  store(node: Node, by: Writer): { readonly id: string; readonly existed: boolean } {
    this.#watch(node, by, 'writes');
    const known = this.stored.get(node.path);
    if (known !== undefined) {
      if (node.kind === 'file') this.#again(node, known.by, by);
      return { id: known.id, existed: true };
    }
    this.#world.say(by.machine, () => `has stored ${node.path}`);
    this.#last += 1;
    const id = `id-${this.#last}`;
    this.stored.set(node.path, { node, id, by });
    return { id, existed: false };
  }

  /** Something is sent that is there: only whoever did not see it stored may do that. */
  #again(node: Node, first: Writer, by: Writer): void {
    this.sentAgain += 1;
    this.#world.say(by.machine, () => `finds ${node.path} stored already`);
    if (first === by) this.#world.violate('nothing is copied twice', `${by.machine}: ${node.path}`);
  }

  #watch(node: Node, by: Writer, does: string): void {
    for (const other of this.writers) {
      // Who is started again on the same machine knows from the journal what may still arrive.
      if (other === by || (!by.alive && other.machine === by.machine)) continue;
      if (!other.mightWrite(node.path)) continue;
      this.#world.violate(
        'one owner',
        `${by.machine} (${by.unit}, epoch ${by.epoch}) ${does} ${node.path} while ${other.machine} (${other.unit}, epoch ${other.epoch}) may write there`,
      );
    }
  }
}
