import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Which way packets go: from a host to where the test runs, or back. */
export type Way = 'there' | 'back';

/** Why there can be no hosts with a network between them here; undefined when there can. */
export async function obstacle(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'needs Linux: namespaces';
  if (process.getuid?.() !== 0) return 'needs root: to make network namespaces';
  try {
    accessSync('/proc/self/ns/net', constants.R_OK);
    await run('ip', ['netns', 'list']);
  } catch (error) {
    return `no network namespaces: ${error instanceof Error ? error.message.trim() : String(error)}`;
  }
  const trial = await Network.make(1).catch((error: unknown) => String(error));
  if (typeof trial === 'string') return `no network between namespaces: ${trial.trim()}`;
  await trial.close();
  return undefined;
}

/**
 * Hosts, each in a network namespace with an address of its own, and a router between them and the namespace in which the test runs. The
 * router drops what it is told to drop and says nothing to anybody, as a broken cable does.
 */
export class Network {
  /** The address of the test's own namespace, as the hosts see it. */
  readonly here: string;
  readonly #tag = randomBytes(3).toString('hex');
  /** RFC 2544: addresses for tests of networks, which lead nowhere else. */
  readonly #base = `198.18.${(16 * (randomBytes(1)[0] ?? 0)) & 0xf0}`;
  readonly #hosts: number;

  static async make(hosts: number): Promise<Network> {
    const network = new Network(hosts);
    try {
      await network.#build();
    } catch (error) {
      await network.close();
      throw error;
    }
    return network;
  }

  private constructor(hosts: number) {
    this.#hosts = hosts;
    this.here = this.#address(0, 2);
  }

  /** What starts a process on a host. */
  on(host: number): readonly string[] {
    return ['ip', 'netns', 'exec', this.#host(host)];
  }

  /** From now on nothing comes through between a host and a port here, there or back or both. @returns lets it through again */
  async cut(host: number, port: number, ways: readonly Way[]): Promise<() => Promise<void>> {
    const said = String(port);
    const rules: Record<Way, readonly string[]> = {
      there: ['iif', `r${host + 1}`, 'ipproto', 'tcp', 'dport', said],
      back: ['iif', 'r0', 'to', this.#address(host + 1, 2), 'ipproto', 'tcp', 'sport', said],
    };
    const change = async (what: 'add' | 'del'): Promise<void> => {
      for (const way of ways)
        await this.#inRouter('ip', 'rule', what, 'pref', CUTS, ...rules[way], 'blackhole');
    };
    await change('add');
    return () => change('del');
  }

  /** Packets to a host take `ms` longer, give or take as much, and overtake each other. False: this kernel has no netem. */
  async jitter(host: number, ms: number): Promise<boolean> {
    const netem = ['root', 'netem', 'delay', `${ms}ms`, `${ms}ms`];
    try {
      await this.#inRouter('tc', 'qdisc', 'replace', 'dev', `r${host + 1}`, ...netem);
      return true;
    } catch (error) {
      if (error instanceof Error && /qdisc|kind|No such file/i.test(error.message)) return false;
      throw error;
    }
  }

  async close(): Promise<void> {
    // With a namespace go its ends of all cables, and with them the other ends.
    for (let host = 0; host < this.#hosts; host += 1)
      await ip('netns', 'del', this.#host(host)).catch(isGone);
    await ip('netns', 'del', this.#router).catch(isGone);
  }

  get #router(): string {
    return `convoy-${this.#tag}-router`;
  }

  #host(no: number): string {
    return `convoy-${this.#tag}-${no}`;
  }

  #address(link: number, end: 1 | 2): string {
    const [a, b, c] = this.#base.split('.');
    return `${a}.${b}.${Number(c) + link}.${end}`;
  }

  async #build(): Promise<void> {
    await ip('netns', 'add', this.#router);
    await this.#inRouter('sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward');
    const outer = `cv${this.#tag}`;
    await ip('link', 'add', outer, 'type', 'veth', 'peer', 'name', 'r0', 'netns', this.#router);
    await ip('addr', 'add', `${this.here}/30`, 'dev', outer);
    await ip('link', 'set', outer, 'up');
    await this.#end(0);
    for (let host = 0; host < this.#hosts; host += 1) {
      const [name, link] = [this.#host(host), host + 1];
      await ip('netns', 'add', name);
      await ip(
        'link',
        'add',
        'eth0',
        'netns',
        name,
        'type',
        'veth',
        'peer',
        'name',
        `r${link}`,
        'netns',
        this.#router,
      );
      await this.#end(link);
      const own = ['-n', name];
      await ip(...own, 'addr', 'add', `${this.#address(link, 2)}/30`, 'dev', 'eth0');
      await ip(...own, 'link', 'set', 'eth0', 'up');
      await ip(...own, 'link', 'set', 'lo', 'up');
      await ip(...own, 'route', 'add', 'default', 'via', this.#address(link, 1));
      await ip('route', 'add', `${this.#address(link, 2)}/32`, 'via', this.#address(0, 1));
    }
  }

  async #end(link: number): Promise<void> {
    await ip('-n', this.#router, 'addr', 'add', `${this.#address(link, 1)}/30`, 'dev', `r${link}`);
    await ip('-n', this.#router, 'link', 'set', `r${link}`, 'up');
  }

  async #inRouter(...words: readonly string[]): Promise<void> {
    await ip('netns', 'exec', this.#router, ...words);
  }
}

/** The number of all rules that cut. */
const CUTS = '100';

async function ip(...words: readonly string[]): Promise<void> {
  await run('ip', [...words]);
}

function isGone(error: unknown): void {
  // What was never made need not be unmade.
  if (!(error instanceof Error && /No such file/i.test(error.message))) throw error;
}
