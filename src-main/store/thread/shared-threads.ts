import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';

interface Host {
  readonly worker: Worker;
  /** Databases that it has open. */
  count: number;
}

/** More threads than processors that could run them bring nothing. */
const MOST = 2;

/**
 * Threads that have several databases each. A thread costs 15 MB however little it does, and of a large fleet many runs are written at the same time, none of
 * them much. A host is started when it is wanted, and ended with the last of its databases.
 */
export class SharedThreads {
  readonly #start: () => Worker;
  readonly #hosts: Host[] = [];

  constructor(start: () => Worker) {
    this.#start = start;
  }

  /** The way to one more database, to be opened and closed as if it had a thread of its own. */
  port(): MessagePort {
    const host = this.#host();
    host.count += 1;
    const { port1, port2 } = new MessageChannel();
    port1.once('close', () => {
      host.count -= 1;
      if (host.count === 0) this.#end(host);
    });
    host.worker.postMessage(port2, [port2]);
    return port1;
  }

  #host(): Host {
    const least = this.#hosts.toSorted((a, b) => a.count - b.count)[0];
    if (least !== undefined && this.#hosts.length >= MOST) return least;
    const host: Host = { worker: this.#start(), count: 0 };
    // Whoever has a database there hears by its port that the thread has ended.
    host.worker.on('error', () => this.#forget(host));
    this.#hosts.push(host);
    return host;
  }

  #end(host: Host): void {
    this.#forget(host);
    void host.worker.terminate();
  }

  #forget(host: Host): void {
    const at = this.#hosts.indexOf(host);
    if (at >= 0) this.#hosts.splice(at, 1);
  }
}
