import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { generateShare } from '../../src-practice/share/share.ts';
import { startPracticeTenant } from '../../src-practice/tenant/server.ts';
import { runCli } from '../support/cli.ts';

/**
 * The part of the rclone test that runs in namespaces of its own (network and mounts): there, port 443 is free and
 * the names of Microsoft's services lead to the practice tenant, because rclone knows no other names. Prints one
 * line of JSON with what rclone and Convoy said. Arguments: a temporary folder, number of files, seed.
 */
const run = promisify(execFile);
const [folder, files, seed] = process.argv.slice(2);
if (folder === undefined || files === undefined || seed === undefined)
  throw new Error('usage: FOLDER FILES SEED');

const NAMES = ['graph.microsoft.com', 'login.microsoftonline.com'];
await run('ip', ['link', 'set', 'lo', 'up']);
await writeFile(join(folder, 'hosts'), `127.0.0.1 localhost ${NAMES.join(' ')}\n`);
await run('mount', ['--bind', join(folder, 'hosts'), '/etc/hosts']);

const tenant = await startPracticeTenant({ seed, httpsPort: 443, tlsHosts: NAMES });
const share = join(folder, 'share');
const made = await generateShare({
  directory: share,
  seed,
  files: Number(files),
  oddities: false,
  now: Date.now(),
});

const authority = join(folder, 'authority.pem');
await writeFile(authority, tenant.cloud.certificateAuthority ?? '');
await mkdir(join(folder, 'empty'), { recursive: true });
const drive = (await tenant.control.drives()).find(
  (one) => one.path === 'personal/alice_contoso_example/Documents',
);
if (drive === undefined) throw new Error('Alice has no OneDrive');
const token = {
  access_token: await tenant.control.token({ user: 'alice@contoso.example' }),
  token_type: 'Bearer',
  refresh_token: 'none',
  expiry: new Date(Date.now() + 3_600_000).toISOString(),
};
const config = join(folder, 'rclone.conf');
await writeFile(
  config,
  `[tenant]\ntype = onedrive\nregion = global\ndrive_id = ${drive.id}\ndrive_type = business\ntoken = ${JSON.stringify(token)}\n`,
);
// Only the test's own authority is trusted: nothing of this can reach the real services.
const trust = { ...process.env, SSL_CERT_FILE: authority, SSL_CERT_DIR: join(folder, 'empty') };

async function rclone(...args: string[]): Promise<{ code: number; said: string }> {
  try {
    const { stderr } = await run('rclone', ['--config', config, '--retries', '1', ...args], {
      env: trust,
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: 0, said: stderr.slice(-2_000) };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'number') throw error;
    return { code: error.code, said: 'stderr' in error ? String(error.stderr).slice(-2_000) : '' };
  }
}

const copied = await rclone('copy', '--transfers', '8', '--checkers', '8', share, 'tenant:by-rclone');
const checked = await rclone('check', '--checkers', '8', share, 'tenant:by-rclone');

const { pem } = await tenant.control.certificate();
const certificate = join(folder, 'app.pem');
const cloud = join(folder, 'cloud.json');
await writeFile(certificate, pem, { mode: 0o600 });
await writeFile(cloud, JSON.stringify(tenant.cloud));
const convoy = await runCli([
  'copy',
  ...['--source', share, '--to', `https://${tenant.oneDriveHost}/${drive.path}/by-convoy`],
  ...['--data', join(folder, 'data'), '--cloud', cloud, '--json'],
  ...['--tenant', tenant.tenantId, '--client-id', tenant.apps.headless, '--certificate', certificate],
]);
const downloaded = await rclone('check', '--download', '--checkers', '8', share, 'tenant:by-convoy');
// A check that could not fail would prove nothing: one byte more at the destination must be noticed.
await tenant.control.act({
  action: 'edit',
  drive: drive.id,
  path: '/by-convoy/not-in-the-source.txt',
  bytes: Buffer.from('x').toString('base64'),
});
const tampered = await rclone('check', '--download', '--checkers', '8', share, 'tenant:by-convoy');

await tenant.close();
await rm(join(folder, 'share'), { recursive: true, force: true });
process.stdout.write(
  `${JSON.stringify({ files: made.files, copied, checked, convoy: { code: convoy.code, said: convoy.stderr.slice(-2_000) }, downloaded, tampered })}\n`,
);
