import { z } from 'zod';
import { openRelay } from './relay.ts';

/** Relays in a process of its own, in the network that it was started in. One argument: JSON as below. */
const placeSchema = z.object({ host: z.string(), port: z.number() });
const orderSchema = z.array(
  z.object({ from: placeSchema, to: placeSchema, jitterMs: z.number().default(0) }),
);

for (const { from, to, jitterMs } of orderSchema.parse(JSON.parse(process.argv[2] ?? '')))
  await openRelay(from, to, jitterMs);
process.stdout.write('ready\n');
// Ends with whoever started it.
process.stdin.resume().once('end', () => process.exit(0));
