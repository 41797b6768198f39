import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { spawnPracticeTenant } from './spawn.ts';
import { list, patterned } from './test-support.ts';

describe('a tenant in a process of its own', () => {
  it('serves Graph on both listeners and is controlled from here', async () => {
    const tenant = await spawnPracticeTenant({
      tlsHosts: ['graph.microsoft.com'],
      logSize: 5,
      graphOverTls: true,
    });
    onTestFinished(tenant.close);
    expect(tenant.cloud).toMatchObject({
      name: 'practice',
      authority: `https://localhost:${tenant.httpsPort}`,
      graph: `https://localhost:${tenant.httpsPort}/v1.0`,
      sharePointHostSuffix: '.sharepoint.practice',
    });
    const headers = { authorization: `Bearer ${await tenant.control.token()}` };
    const ca = tenant.cloud.certificateAuthority ?? '';
    const agent = new Agent({ connect: { ca, servername: 'graph.microsoft.com' } });
    onTestFinished(() => agent.close());
    const answer = await request(`${tenant.cloud.graph}/sites`, { headers, dispatcher: agent });
    expect(list(await answer.body.json())).toHaveLength(3);

    const [drive] = await tenant.control.drives();
    const id = drive?.id ?? '';
    const bytes = patterned(10).toString('base64');
    await tenant.control.act({ action: 'edit', drive: id, path: '/x/y.txt', bytes });
    await tenant.control.act({ action: 'rename', drive: id, path: '/x/y.txt', to: 'z.txt' });
    const paths: string[] = [];
    for await (const entry of tenant.control.tree(id)) paths.push(entry.path);
    expect(paths).toEqual(['/x', '/x/z.txt']);
    await expect(tenant.control.act({ action: 'delete', drive: id, path: '/none' })).rejects.toThrow(
      'nothing at /none',
    );
    expect((await tenant.control.setFaults({ mixed: 0.5 })).mixed).toBe(0.5);
    expect(await tenant.control.stats()).toMatchObject({ httpRequests: 1, byKind: { site: 1 } });
    await tenant.control.resetStats();
    expect((await tenant.control.stats()).httpRequests).toBe(0);
    expect(await tenant.control.log()).toMatchObject([{ method: 'GET', url: '/v1.0/sites', status: 200 }]);
    expect((await tenant.control.certificate()).pem).toContain('PRIVATE KEY');
    expect(await tenant.control.recycleBin(id)).toEqual([]);
  });

  it('says why it does not start', async () => {
    const first = await spawnPracticeTenant();
    onTestFinished(first.close);
    await expect(spawnPracticeTenant({ httpPort: first.httpPort })).rejects.toThrow('EADDRINUSE');
  });

  it('does not outlive its parent', async () => {
    const script =
      'const { spawnPracticeTenant } = await import(process.argv[1]); const t = await spawnPracticeTenant();' +
      "process.stdout.write(String(t.pid) + '\\n'); setInterval(() => undefined, 1000);";
    const module = new URL('./spawn.ts', import.meta.url).href;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script, module], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(parent.stdout, 'data');
    const pid = Number(z.instanceof(Buffer).parse(line).toString());
    expect(alive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => alive(pid), { timeout: 10_000 }).toBe(false);
  });
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
