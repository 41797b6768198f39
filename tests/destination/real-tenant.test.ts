import { afterAll, beforeAll, describe } from 'vitest';
import { z } from 'zod';
import { openGraphDestination } from '../../src-main/destination/graph/graph-destination.ts';
import { signInOf } from '../../src-main/host/app-sign-in.ts';
import { signInByCertificate } from '../../src-main/tenant/sign-in.ts';
import type { TokenSource } from '../../src-main/tenant/token-source.ts';
import type { Cloud } from '../../src-shared/model/cloud.ts';
import { destinationConformance } from '../conformance/destination.ts';
import { must } from '../conformance/destination-steps.ts';
import { graphColleague } from './graph-colleague.ts';
import { type GraphTest, LIBRARY, startGraphTest } from './graph-fixture.ts';

/**
 * The conformance suite on a real tenant, where the environment names one: CONVOY_TEST_DESTINATION (the address of a folder
 * that a folder may be made in), CONVOY_TENANT, CONVOY_CLIENT_ID, CONVOY_CERTIFICATE and, for a national cloud, CONVOY_TEST_CLOUD;
 * CONVOY_TEST_PERSON is the sign-in name of somebody there, for the steps about authors.
 * It makes one folder there and deletes it in the end. Without them it runs on the practice tenant, so that what looks
 * and edits behind the destination's back is known to work.
 */
const {
  CONVOY_TEST_PERSON: named,
  CONVOY_TEST_DESTINATION: address,
  CONVOY_TEST_CLOUD: cloudName = 'global',
} = process.env;

interface Tenant {
  readonly cloud: Cloud;
  readonly tokens: TokenSource;
  readonly address: string;
}

function realTenant(to: string): Tenant {
  const signIn = must(signInOf({ cloud: cloudName }, process.env));
  return {
    cloud: signIn.cloud,
    tokens: must(signInByCertificate({ ...signIn, now: Date.now })),
    address: to,
  };
}

describe('a tenant that is reached with documented calls alone', () => {
  let practice: GraphTest | undefined;
  beforeAll(async () => {
    if (address === undefined) practice = await startGraphTest();
  });
  afterAll(() => practice?.close());

  const tenantOf = (): Tenant => {
    if (address !== undefined) return realTenant(address);
    if (practice === undefined) throw new Error('the practice tenant did not start');
    const { tenant, tokens } = practice;
    return { cloud: tenant.cloud, tokens, address: `https://${tenant.hostName}${LIBRARY}` };
  };

  destinationConformance(
    address ?? 'the practice tenant; CONVOY_TEST_DESTINATION names a real one',
    async () => {
      const { cloud, tokens, address: to } = tenantOf();
      const options = { cloud, tokens, address: to, write: true, now: Date.now, random: Math.random };
      const subFolder = `convoy conformance ${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
      const destination = must(await openGraphDestination({ ...options, subFolder }));
      const graph = cloud.graph.replace(/\/+$/, '');
      const drive = await driveOf(graph, tokens, destination.root.url);
      const person = address === undefined ? 'alice@contoso.example' : named;
      return graphColleague({ graph, drive, tokens, destination, person });
    },
  );
});

/** The drive of a folder, by the address that the service gave it (api/shares-get). */
async function driveOf(graph: string, tokens: TokenSource, url: string): Promise<string> {
  const share = `u!${Buffer.from(url).toString('base64url')}`;
  const answer = await fetch(`${graph}/shares/${share}/driveItem`, {
    headers: { authorization: `Bearer ${must(await tokens.token())}` },
  });
  const item = z.object({ parentReference: z.object({ driveId: z.string() }) });
  return item.parse(await answer.json()).parentReference.driveId;
}
