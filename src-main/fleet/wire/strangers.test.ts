import { connect as connectTcp, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { FLEET_PROTOCOL } from '../../../src-shared/contract/fleet.ts';
import { newKey } from '../../store/signing-key.ts';
import type { Nuisance } from './listener.ts';
import { bytesOf, channelOf, macOf } from './proofs.ts';
import type { Uplink } from './uplink.ts';
import { aBeat, must, WireRig } from './wire-rig.ts';

/** Whoever is no machine of the fleet: refused, written down, told nothing; and an honest machine is served all the while. */

const WAIT = { timeout: 15_000, interval: 20 };
const soak = process.env['CONVOY_SOAK'] === '1';

let rig: WireRig;
let honest: Uplink;
let beats = 0;

beforeAll(async () => {
  rig = await WireRig.make({ deadlineMs: 1_500 });
  honest = await rig.join('machine-honest');
  await vi.waitFor(() => expect(honest.state).toBe('connected'), WAIT);
}, 60_000);
afterAll(async () => {
  await rig.close();
  expect(rig.bugs).toEqual([]);
});

/** A stranger with a WebSocket, and everything that it was told. */
interface Stranger {
  readonly socket: WebSocket;
  readonly tls: TLSSocket;
  readonly told: string[];
  readonly closed: Promise<unknown>;
  /** The challenge of its connection. */
  readonly nonce: string;
}

async function stranger(): Promise<Stranger> {
  const tls = connect({ host: '127.0.0.1', port: rig.hub.port, rejectUnauthorized: false });
  const socket = new WebSocket('wss://x.invalid/fleet', { createConnection: () => tls });
  const told: string[] = [];
  socket.on('error', () => undefined);
  tls.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const hello = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      told.push(data.toString('utf8'));
      resolve();
    });
  });
  await Promise.race([hello, closed]);
  const { nonce } = JSON.parse(told[0] ?? '{}') as { nonce: string };
  return { socket, tls, told, closed, nonce };
}

/** The machine that was there before is served; and the addresses are no reason to refuse it. */
async function honestIsServed(): Promise<void> {
  beats += 1;
  must(await honest.fleet.beat(aBeat('machine-honest', beats)));
}

async function logged(why: Nuisance): Promise<void> {
  await vi.waitFor(async () => expect(await rig.refused()).toContain(why), WAIT);
}

/** A minute later, as the coordinator's clock has it: nobody is held off any more, and the log takes a new row. */
function minuteLater(): void {
  rig.clock.ahead += 61_000;
}

const base = { protocol: FLEET_PROTOCOL, machine: 'machine-evil', name: 'Evil' };
const bytes = (count: number) => Buffer.alloc(count, 7).toString('base64');
const pair = {
  kind: 'pair',
  ...base,
  invitation: 'AAAAAAAA',
  key: newKey().key.publicKey,
  proof: bytes(32),
  signature: bytes(64),
};
const signIn = { kind: 'sign-in', ...base, signature: bytes(64) };

const refusedMessages: readonly (readonly [string, string | Buffer, Nuisance])[] = [
  ['nothing', '', 'form'],
  ['bytes', Buffer.from([1, 2, 3]), 'form'],
  ['JSON as bytes', Buffer.from(JSON.stringify(signIn)), 'form'],
  ['no JSON', '{"kind":', 'form'],
  ['half a character', '\ud800', 'form'],
  ['null', 'null', 'form'],
  ['a number', '1e999', 'form'],
  ['a list', '[]', 'form'],
  ['ten thousand brackets', '['.repeat(10_000), 'form'],
  ['an unknown kind', '{"kind":"please"}', 'form'],
  ['a kind of an object', '{"kind":{"toString":"pair"}}', 'form'],
  ['a prototype', '{"__proto__":{"kind":"sign-in"}}', 'form'],
  ['a beat', JSON.stringify({ kind: 'beat', id: 1, beat: aBeat('machine-honest') }), 'form'],
  ['a question of a screen', JSON.stringify({ kind: 'console', frame: '{"i":1,"p":{"u":"/x"}}' }), 'form'],
  ['a new key', JSON.stringify({ kind: 'rekey', key: pair.key, signature: bytes(64) }), 'form'],
  ['a farewell', JSON.stringify({ kind: 'leave' }), 'form'],
  ['what a coordinator says: welcome', JSON.stringify({ kind: 'welcome', name: 'x', key: pair.key }), 'form'],
  ['what a coordinator says: ring', JSON.stringify({ kind: 'ring' }), 'form'],
  ['a pairing with more than it has', JSON.stringify({ ...pair, accepted: true }), 'form'],
  ['a pairing with less', JSON.stringify({ ...pair, proof: undefined }), 'form'],
  ['a machine that is a path', JSON.stringify({ ...signIn, machine: '../../fleet' }), 'form'],
  ['a name of a thousand letters', JSON.stringify({ ...signIn, name: 'x'.repeat(1_000) }), 'form'],
  ['a signature that is too long', JSON.stringify({ ...signIn, signature: bytes(640) }), 'form'],
  ['a protocol that is no number', JSON.stringify({ ...signIn, protocol: '1' }), 'form'],
  ['an invitation that nobody made', JSON.stringify(pair), 'proof'],
  ['a key that is none', JSON.stringify({ ...pair, key: bytes(44).slice(0, 60) }), 'proof'],
  ['a machine that nobody knows', JSON.stringify(signIn), 'proof'],
  ['a machine of the fleet', JSON.stringify({ ...signIn, machine: 'machine-honest' }), 'proof'],
  ['more than a stranger may say', JSON.stringify({ ...signIn, name: 'x'.repeat(20_000) }), 'size'],
];

describe('a message before it is known who is there', () => {
  it.each(refusedMessages)('%s', async (_, message, why) => {
    minuteLater();
    const { socket, told, closed } = await stranger();
    socket.send(message);
    await closed;
    const [hello, ...rest] = told.map((text) => JSON.parse(text) as Record<string, unknown>);
    expect(Object.keys(hello ?? {}).sort(), 'a greeting tells nothing').toEqual([
      'kind',
      'nonce',
      'protocols',
    ]);
    if (why === 'proof') {
      expect(rest).toHaveLength(1);
      expect(['wire-refused', 'invitation-unusable']).toContain(rest[0]?.['code']);
      expect(rest[0]?.['kind']).toBe('refused');
    } else expect(rest).toEqual([]);
    await logged(why);
    await honestIsServed();
  });

  it('two of them: the second one is not waited for', async () => {
    minuteLater();
    const { socket, closed } = await stranger();
    socket.send(JSON.stringify(signIn));
    socket.send(JSON.stringify(signIn));
    await closed;
    await honestIsServed();
  });

  it('of a version that is not spoken', async () => {
    const { socket, told, closed } = await stranger();
    socket.send(JSON.stringify({ ...signIn, protocol: 999 }));
    await closed;
    expect(told[1]).toBe('{"kind":"refused","code":"protocol-unknown"}');
  });
});

describe('a handshake that was heard elsewhere', () => {
  const key = newKey().key;
  const machine = 'machine-replayed';
  const transcriptOf = ({ tls, nonce }: Stranger, what: 'pair' | 'sign-in') => ({
    what,
    machine,
    nonce,
    protocol: FLEET_PROTOCOL,
    channel: channelOf(tls),
    fingerprint: rig.hub.fingerprint,
    key: key.publicKey,
  });
  const signed = (bytes: Uint8Array) => Buffer.from(key.sign(bytes)).toString('base64');
  const pairingOver = (one: Stranger, invitation: { id: string; secret: string }, change = {}) => {
    const transcript = { ...transcriptOf(one, 'pair'), ...change };
    return JSON.stringify({
      ...pair,
      ...{ machine, key: key.publicKey, invitation: invitation.id },
      proof: macOf(invitation.secret, transcript),
      signature: signed(bytesOf(transcript)),
    });
  };
  const signInOver = (one: Stranger, change = {}) =>
    JSON.stringify({
      ...signIn,
      machine,
      signature: signed(bytesOf({ ...transcriptOf(one, 'sign-in'), ...change })),
    });
  /** What comes after the greeting. */
  const answerTo = async (one: Stranger, message: string) => {
    one.socket.send(message);
    await vi.waitFor(() => expect(one.told.length).toBeGreaterThan(1), WAIT);
    one.socket.terminate();
    return (JSON.parse(one.told[1] ?? '') as { kind: string }).kind;
  };

  it('is worth nothing over another connection, with another challenge, certificate, machine, key or purpose', async () => {
    minuteLater();
    const invitation = await rig.invite();
    const other = await stranger();
    const heard = pairingOver(other, invitation);
    other.socket.terminate();
    expect(await answerTo(await stranger(), heard)).toBe('refused');
    for (const change of [
      { nonce: bytes(32) },
      { fingerprint: 'A'.repeat(43) },
      { machine: 'machine-honest' },
      { key: newKey().key.publicKey },
      { what: 'sign-in' },
      { protocol: FLEET_PROTOCOL + 1 },
      { channel: Buffer.alloc(32) },
    ]) {
      minuteLater();
      const one = await stranger();
      expect(await answerTo(one, pairingOver(one, invitation, change)), JSON.stringify(change)).toBe(
        'refused',
      );
    }
    // None of that has used it up.
    const fresh = await rig.invite();
    const one = await stranger();
    expect(await answerTo(one, pairingOver(one, fresh))).toBe('welcome');
  });

  it('of a machine that has joined is worth nothing to whoever records it', async () => {
    minuteLater();
    const first = await stranger();
    const heard = signInOver(first);
    expect(await answerTo(first, heard)).toBe('welcome');
    expect(await answerTo(await stranger(), heard)).toBe('refused');
    for (const change of [{ what: 'rekey' }, { channel: Buffer.alloc(32) }, { nonce: bytes(32) }]) {
      const one = await stranger();
      expect(await answerTo(one, signInOver(one, change))).toBe('refused');
    }
    const one = await stranger();
    expect(await answerTo(one, signInOver(one))).toBe('welcome');
    await honestIsServed();
  });
});

describe('a connection that is none of a machine', () => {
  const tcp = () => connectTcp({ host: '127.0.0.1', port: rig.hub.port });
  const tls = (options = {}) =>
    connect({ host: '127.0.0.1', port: rig.hub.port, rejectUnauthorized: false, ...options });
  const over = async (socket: Socket): Promise<string> => {
    let told = '';
    socket.on('error', () => undefined);
    socket.on('data', (data) => (told += String(data)));
    await new Promise((resolve) => socket.once('close', resolve));
    return told;
  };
  const upgrade = (path: string, more = '') =>
    `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${more}\r\n`;

  it.each([
    ['a page of a browser', upgrade('/fleet', 'Origin: https://evil.example\r\n'), 'origin'],
    ['another path', upgrade('/console'), 'http'],
    ['a request for a page', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', 'http'],
    ['a request with a body', 'POST /fleet HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nx', 'http'],
    ['no HTTP', `${'\u0000'.repeat(50)}\r\n\r\n`, 'http'],
    ['endless headers', `GET /fleet HTTP/1.1\r\n${'X: y\r\n'.repeat(5_000)}`, 'http'],
    [
      'a WebSocket without a key',
      'GET /fleet HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      'http',
    ],
    ['a message right behind the request', `${upgrade('/fleet')}\u0081\u0002{}`, 'http'],
  ] as const)('%s', async (_, request, why) => {
    minuteLater();
    const socket = tls();
    socket.write(Buffer.from(request, 'latin1'));
    expect(await over(socket)).not.toMatch(/HQ|101 Switching/);
    await logged(why);
    await honestIsServed();
  });

  it.each([
    ['no TLS', () => tcp(), 'GET / HTTP/1.1\r\n\r\n'],
    ['TLS of yesterday', () => tls({ maxVersion: 'TLSv1.2' }), ''],
  ] as const)('%s', async (_, open, request) => {
    minuteLater();
    const socket = open();
    if (request !== '') socket.write(request);
    expect(await over(socket)).not.toContain('HTTP');
    await logged('tls');
    await honestIsServed();
  });

  it('the slow: silent on TCP, silent in TLS, a header or a message a letter at a time, a WebSocket that says nothing', async () => {
    minuteLater();
    const trickling = tls();
    const letters = setInterval(() => trickling.write('x'), 50);
    trickling.write('GET /fleet HTTP/1.1\r\nX-Y: ');
    trickling.once('close', () => clearInterval(letters));
    const silent = await stranger();
    const dripping = await stranger();
    // A text of 4,096 letters is announced, and comes a letter at a time.
    dripping.tls.write(Buffer.from([0x81, 0xfe, 0x10, 0x00, 1, 2, 3, 4]));
    const drops = setInterval(() => dripping.tls.write('x'), 50);
    dripping.tls.once('close', () => clearInterval(drops));
    const crowd = Array.from({ length: 40 }, () => tcp());
    await Promise.all([
      over(trickling),
      over(tcp()),
      over(tls()),
      silent.closed,
      dripping.closed,
      ...crowd.map(over),
    ]);
    for (const { told } of [silent, dripping]) expect(told).toHaveLength(1);
    await logged('slow');
    await honestIsServed();
  });

  it('a crowd: no more than its part of the room, and a machine with a key comes in behind it', async () => {
    minuteLater();
    const { key } = newKey();
    must(await rig.pair(await rig.invite(), 'machine-late', key));
    const crowd = Array.from({ length: 100 }, () => tcp());
    const ends = crowd.map(over);
    await logged('crowd');
    const late = rig.uplink('machine-late', key);
    await Promise.all(ends);
    await honestIsServed();
    // Its address is held off from pairing now; it has a key.
    await vi.waitFor(() => expect(late.state).toBe('connected'), WAIT);
  });

  it('noise: who fails too often cannot pair for a minute, and machines of the same address go on', async () => {
    minuteLater();
    for (let no = 0; no < 8; no += 1) {
      const one = await stranger();
      one.socket.send('noise');
      await one.closed;
    }
    const met = await rig.pair(await rig.invite(), 'machine-hindered');
    expect(met).toMatchObject({ problem: { code: 'pairing-held-off' } });
    const back = rig.uplink('machine-honest', newKey().key);
    await vi.waitFor(() => expect(back.state).toBe('refused'), WAIT);
    await back.close();
    await honestIsServed();
    minuteLater();
    must(await rig.pair(await rig.invite(), 'machine-hindered'));
  });
});

it('the log has few rows however many tries there were', async () => {
  minuteLater();
  const before = (await rig.refused()).length;
  for (let no = 0; no < 30; no += 1) {
    const one = await stranger();
    one.socket.send('noise');
    await one.closed;
  }
  expect((await rig.refused()).length - before).toBeLessThanOrEqual(3);
});

it('a fuzz: frames and messages that were changed by chance, before and after it is known who is there', async () => {
  const random = seeded(20_261_128);
  const until = Date.now() + (soak ? 60_000 : 3_000);
  const member = newKey().key;
  minuteLater();
  must(await rig.pair(await rig.invite(), 'machine-fuzzed', member));
  const known = JSON.stringify({ kind: 'beat', id: 1, beat: aBeat('machine-fuzzed') });
  const seeds = [JSON.stringify(pair), JSON.stringify(signIn), known, '{"kind":"console","frame":"{}"}'];
  for (let round = 0; Date.now() < until; round += 1) {
    minuteLater();
    const one = await stranger();
    if (round % 2 === 1) {
      const transcript = {
        ...({ what: 'sign-in', machine: 'machine-fuzzed', nonce: one.nonce, key: member.publicKey } as const),
        ...{ protocol: FLEET_PROTOCOL, channel: channelOf(one.tls), fingerprint: rig.hub.fingerprint },
      };
      const signature = Buffer.from(member.sign(bytesOf(transcript))).toString('base64');
      one.socket.send(JSON.stringify({ ...signIn, machine: 'machine-fuzzed', signature }));
      await vi.waitFor(() => expect(one.told.length).toBeGreaterThan(1), WAIT);
    }
    for (let no = 0; no < 5; no += 1) {
      const text = mutated(seeds[Math.floor(random() * seeds.length)] ?? '', random);
      if (random() < 0.3) one.tls.write(Buffer.from(text, 'latin1'));
      else if (one.socket.readyState === WebSocket.OPEN)
        one.socket.send(random() < 0.2 ? Buffer.from(text) : text);
    }
    await Promise.race([one.closed, new Promise((resolve) => setTimeout(resolve, 30))]);
    one.socket.terminate();
    expect(one.told.join('')).not.toContain('machine-honest');
  }
  await honestIsServed();
  expect(rig.members.list().some(({ machine }) => machine === 'machine-evil')).toBe(false);
}, 120_000);

function mutated(text: string, random: () => number): string {
  const letters = [...text];
  const changes = 1 + Math.floor(random() * 6);
  for (let no = 0; no < changes; no += 1) {
    const at = Math.floor(random() * letters.length);
    const kind = random();
    if (kind < 0.4) letters[at] = String.fromCharCode(Math.floor(random() * 256));
    else if (kind < 0.7) letters.splice(at, Math.floor(random() * 20));
    else letters.splice(at, 0, ...letters.slice(0, Math.floor(random() * 200)));
  }
  return letters.join('');
}

/** mulberry32 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
