import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { memoryEnvironment } from '../../build/setup/memory-environment.mjs';
import type { PracticeStats } from '../../src-practice/tenant/counters.ts';
import type { FaultSettingsInput } from '../../src-practice/tenant/fault-settings.ts';
import type { PracticeOptions } from '../../src-practice/tenant/options.ts';
import { type SpawnedTenant, spawnPracticeTenant } from '../../src-practice/tenant/spawn.ts';
import { measured, type Taken } from './measured-process.ts';
import type { Share } from './share.ts';

/** rclone knows no other names. */
const NAMES = ['graph.microsoft.com', 'login.microsoftonline.com'];
const HEADLESS = new URL('../../out/main/headless.js', import.meta.url).pathname;
const LIMIT = new URL('./limit.ts', import.meta.url).pathname;

/** One copy by one contender, with what the tenant saw of it. */
export interface Copied extends Taken {
  readonly stats: PracticeStats;
  /** Files that are at the destination afterwards. */
  readonly stored: number;
}

/** Whoever knows these names finds this machine behind them. Only to be called in a mount and network namespace of its own. */
export async function takeNames(folder: string): Promise<void> {
  const run = promisify(execFile);
  await run('ip', ['link', 'set', 'lo', 'up']);
  writeFileSync(join(folder, 'hosts'), `127.0.0.1 localhost ${NAMES.join(' ')}\n`);
  await run('mount', ['--bind', join(folder, 'hosts'), '/etc/hosts']);
}

/** A practice tenant in a process of its own, and everybody who copies into it, over https all of them. */
export class Stage {
  readonly #tenant: SpawnedTenant;
  readonly #drive: { readonly id: string; readonly path: string };
  readonly #folder: string;
  readonly #files: { readonly authority: string; readonly certificate: string; readonly cloud: string };
  #used = 0;

  private constructor(
    tenant: SpawnedTenant,
    drive: { readonly id: string; readonly path: string },
    folder: string,
    files: { readonly authority: string; readonly certificate: string; readonly cloud: string },
  ) {
    this.#tenant = tenant;
    this.#drive = drive;
    this.#folder = folder;
    this.#files = files;
  }

  /** @param withNames the names of Microsoft's services lead here, so that rclone can be asked */
  static async open(folder: string, options: PracticeOptions, withNames: boolean): Promise<Stage> {
    mkdirSync(join(folder, 'nothing'), { recursive: true });
    const tenant = await spawnPracticeTenant({
      ...{ bodies: 'discard', sha256: false, graphOverTls: true, ...options },
      ...(withNames ? { httpsPort: 443, tlsHosts: NAMES } : {}),
    });
    const drive = (await tenant.control.drives()).find(({ type }) => type === 'business');
    if (drive === undefined) throw new Error('the practice tenant has no OneDrive');
    const files = {
      authority: join(folder, 'authority.pem'),
      certificate: join(folder, 'app.pem'),
      cloud: join(folder, 'cloud.json'),
    };
    writeFileSync(files.authority, tenant.cloud.certificateAuthority ?? '');
    writeFileSync(files.certificate, (await tenant.control.certificate()).pem, { mode: 0o600 });
    writeFileSync(files.cloud, JSON.stringify(tenant.cloud));
    return new Stage(tenant, drive, folder, files);
  }

  async setFaults(faults: FaultSettingsInput): Promise<void> {
    await this.#tenant.control.setFaults(faults);
  }

  /** The command line of the built product, its start and its report included. The same `place` again is a further run of the same task. */
  async convoy(share: Share, place: string = this.newPlace()): Promise<Copied> {
    const { tenantId, apps, oneDriveHost } = this.#tenant;
    const args = [
      ...[HEADLESS, 'copy', '--json', '--source', share.path],
      ...['--to', `https://${oneDriveHost}/${this.#drive.path}/${place}`],
      ...['--data', join(this.#folder, `data-${place}`), '--cloud', this.#files.cloud],
      ...['--tenant', tenantId, '--client-id', apps.headless, '--certificate', this.#files.certificate],
    ];
    // As build/setup/run-task.mjs starts it for `npx convoy`.
    return this.#watched(() => measured(process.execPath, args, { ...memoryEnvironment, ...process.env }));
  }

  async rclone(share: Share, transfers: number, place: string = this.newPlace()): Promise<Copied> {
    const token = {
      access_token: await this.#tenant.control.token({ user: 'alice@contoso.example' }),
      token_type: 'Bearer',
      refresh_token: 'none',
      expiry: new Date(Date.now() + 3_600_000).toISOString(),
    };
    const config = join(this.#folder, 'rclone.conf');
    writeFileSync(
      config,
      `[tenant]\ntype = onedrive\nregion = global\ndrive_id = ${this.#drive.id}\ndrive_type = business\ntoken = ${JSON.stringify(token)}\n`,
    );
    const args = ['--config', config, 'copy', '--transfers', String(transfers), '--checkers', '8'];
    // Only the authority of the practice tenant is trusted: nothing of this can reach the real services.
    const env = {
      ...process.env,
      SSL_CERT_FILE: this.#files.authority,
      SSL_CERT_DIR: join(this.#folder, 'nothing'),
    };
    return this.#watched(() => measured('rclone', [...args, share.path, `tenant:${place}`], env));
  }

  /** Only the time of the loops counts: `seconds` is without the start of the process. */
  async limit(share: Share, connections: number): Promise<Copied> {
    const order = {
      graph: this.#tenant.cloud.graph,
      authority: this.#tenant.cloud.certificateAuthority ?? '',
      token: await this.#tenant.control.token(),
      drive: this.#drive.id,
      folder: this.newPlace(),
      ...{ connections, sizes: share.sizes },
    };
    const file = join(this.#folder, 'limit.json');
    writeFileSync(file, JSON.stringify(order));
    const copied = await this.#watched(() => measured(process.execPath, [LIMIT, file], process.env));
    return { ...copied, seconds: Number(copied.stdout) };
  }

  newPlace(): string {
    this.#used += 1;
    return `copy-${this.#used}`;
  }

  close(): Promise<void> {
    return this.#tenant.close();
  }

  async #watched(run: () => Promise<Taken>): Promise<Copied> {
    const { control } = this.#tenant;
    const before = await this.#stored();
    await control.resetStats();
    const taken = await run();
    return { ...taken, stats: await control.stats(), stored: (await this.#stored()) - before };
  }

  async #stored(): Promise<number> {
    const drives = await this.#tenant.control.drives();
    return drives.find(({ id }) => id === this.#drive.id)?.files ?? 0;
  }
}
