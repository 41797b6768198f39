import type { Destination } from '../../src-main/destination/destination.ts';
import {
  type GraphDestinationOptions,
  openGraphDestination,
} from '../../src-main/destination/graph/graph-destination.ts';
import { signInByCertificate } from '../../src-main/tenant/sign-in.ts';
import type { TokenSource } from '../../src-main/tenant/token-source.ts';
import { seededRandom } from '../../src-practice/random.ts';
import type { TreeEntry } from '../../src-practice/tenant/control-contract.ts';
import type { PracticeOptions } from '../../src-practice/tenant/options.ts';
import { type PracticeTenant, startPracticeTenant } from '../../src-practice/tenant/server.ts';
import type { Result } from '../../src-shared/model/problem.ts';
import { type DestinationFixture, must } from '../conformance/destination-steps.ts';

export const LIBRARY = '/sites/finance/Shared Documents';

/** A practice tenant, somebody signed in to it, and what was opened there. */
export interface GraphTest {
  readonly tenant: PracticeTenant;
  readonly tokens: TokenSource;
  /** Id of the library of {@link LIBRARY}. */
  readonly drive: string;
  /** Opens a destination; `address` is completed with the host. */
  open(address: string, options?: Partial<GraphDestinationOptions>): Promise<Result<Destination>>;
  /** The fixture of a folder of the library that is made for it. */
  fixture(folder: string): Promise<DestinationFixture>;
  close(): Promise<void>;
}

export async function startGraphTest(options: PracticeOptions = {}): Promise<GraphTest> {
  const tenant = await startPracticeTenant(options);
  const { pem } = await tenant.control.certificate();
  const tokens = must(
    signInByCertificate({
      cloud: tenant.cloud,
      tenant: tenant.tenantId,
      clientId: tenant.apps.headless,
      certificatePem: pem,
    }),
  );
  const drives = await tenant.control.drives();
  const facts = drives.find(({ path }) => `/${path}` === LIBRARY);
  if (facts === undefined) throw new Error(`no library ${LIBRARY}`);
  const drive = facts.id;
  const opened: Destination[] = [];

  const open: GraphTest['open'] = async (address, more = {}) => {
    const result = await openGraphDestination({
      ...{ cloud: tenant.cloud, tokens, write: true, now: Date.now, random: seededRandom('graph') },
      address: address.startsWith('/') ? `https://${tenant.hostName}${address}` : address,
      ...more,
    });
    if (result.ok) opened.push(result.value);
    return result;
  };

  const entryAt = async (path: string): Promise<TreeEntry | undefined> => {
    for await (const entry of tenant.control.tree(drive)) if (entry.path === `/${path}`) return entry;
    return undefined;
  };

  const fixture: GraphTest['fixture'] = async (folder) => {
    const destination = must(await open(`${LIBRARY}/${folder}`));
    const path = (below: string): string => `${folder}/${below}`;
    const act = async (action: 'delete' | 'lock' | 'unlock', below: string): Promise<void> => {
      await tenant.control.act({ action, drive, path: path(below) });
    };
    return {
      destination,
      person: 'alice@contoso.example',
      look: async (below) => {
        const entry = await entryAt(path(below));
        if (entry === undefined) return undefined;
        const { kind, size, versions, quickXor: hash } = entry;
        const [created, modified] = [Date.parse(entry.created), Date.parse(entry.modified)];
        return { kind, size, created, modified, versions, hash };
      },
      madeBy: async (below) => {
        const entry = await entryAt(path(below));
        return entry && { author: entry.author, editor: entry.editor };
      },
      edit: async (below, content) => {
        const bytes = Buffer.from(content).toString('base64');
        await tenant.control.act({ action: 'edit', drive, path: path(below), bytes });
      },
      remove: (below) => act('delete', below),
      lock: (below) => act('lock', below),
      unlock: (below) => act('unlock', below),
      end: () => Promise.resolve(),
    };
  };

  return {
    ...{ tenant, tokens, drive, open, fixture },
    close: async () => {
      for (const destination of opened) await destination.close();
      await tenant.close();
    },
  };
}
