import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { idealSeconds, type Line, lineOf, tableOf } from './report.ts';
import { type Contender, perform, removeShare, type Scenario, scenarios } from './scenarios.ts';
import type { Share } from './share.ts';
import { type Copied, Stage, takeNames } from './stage.ts';

/** The part of bench/transfer.ts that runs in namespaces of its own where rclone is asked too. One argument: JSON as below. */
const orderSchema = z.object({
  names: z.array(z.string()),
  rounds: z.number(),
  rcloneRounds: z.number(),
  scale: z.number(),
  withRclone: z.boolean(),
  json: z.boolean(),
});
const order = orderSchema.parse(JSON.parse(process.argv[2] ?? ''));

/** The contenders take turns within each round, so that a busy machine is busy for all of them. */
async function run(scenario: Scenario, folder: string, share: Share): Promise<readonly Line[]> {
  const done = new Map<Contender, Copied[]>(
    scenario.contenders
      .filter((contender) => contender !== 'rclone' || (order.withRclone && order.rcloneRounds > 0))
      .map((contender) => [contender, []]),
  );
  for (let round = 0; round < order.rounds; round++) {
    for (const [contender, copies] of done) {
      if (contender === 'rclone' && round >= order.rcloneRounds) continue;
      // A tenant of its own each time: a full bucket of resource units, and nothing of the others in its memory.
      const own = join(folder, `${round}-${contender}`);
      const stage = await Stage.open(own, scenario.tenant, order.withRclone);
      try {
        if (scenario.second !== true) await stage.setFaults(scenario.faults);
        copies.push(await perform(contender, stage, scenario, share));
      } finally {
        await stage.close();
        rmSync(own, { recursive: true, force: true });
      }
      const last = copies.at(-1);
      if (last && last.code !== 0)
        process.stderr.write(`${contender}: ${last.code}\n${last.stderr.slice(-1_500)}\n`);
      else
        process.stderr.write(`${scenario.name} ${round + 1} ${contender}: ${last?.seconds.toFixed(2)} s\n`);
    }
  }
  return [...done].map(([contender, copies]) => lineOf(contender, share, copies, scenario.second === true));
}

const folder = mkdtempSync(join(tmpdir(), 'convoy-bench-transfer-'));
try {
  if (order.withRclone) await takeNames(folder);
  for (const scenario of scenarios.filter(({ name }) => order.names.includes(name))) {
    const share = scenario.share(folder, order.scale);
    const lines = await run(scenario, folder, share);
    removeShare(share);
    if (order.json) process.stdout.write(`${JSON.stringify({ scenario: scenario.name, lines })}\n`);
    else process.stdout.write(`\n${tableOf(scenario, lines)}`);
    const { ruPerMinute } = scenario.tenant;
    const [convoy] = lines;
    if (ruPerMinute !== undefined && convoy) {
      const ideal = idealSeconds(convoy.units, ruPerMinute);
      process.stdout.write(
        `ideal: ${ideal.toFixed(0)} s; Convoy took ${(convoy.seconds / ideal).toFixed(2)} times that\n`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
