import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';

interface Host {
  readonly worker: Worker;
  /** The ways to the databases that it has open. */
  readonly ports: Set<MessagePort>;
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
    const { port1, port2 } = new MessageChannel();
    host.ports.add(port1);
    port1.once('close', () => {
      host.ports.delete(port1);
      if (host.ports.size === 0) this.#end(host);
    });
    host.worker.postMessage(port2, [port2]);
    return port1;
  }

  #host(): Host {
    const least = this.#hosts.toSorted((a, b) => a.ports.size - b.ports.size)[0];
    if (least !== undefined && this.#hosts.length >= MOST) return least;
    const host: Host = { worker: this.#start(), ports: new Set() };
    // Whoever has a database there hears why the thread has ended, as if it were its own.
    host.worker.on('error', (error) => {
      this.#forget(host);
      for (const port of host.ports) port.emit('error', error);
    });
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
