import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { MachineRow } from '../../../src-shared/contract/machine-row.ts';
import { type Bandwidth, bandwidthSchema } from '../../../src-shared/model/bandwidth.ts';
import { machineRulesSchema } from '../../../src-shared/model/plan.ts';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import { DialogFrame } from '../../parts/dialog-frame.tsx';
import type { ConsoleClient } from '../../state/door.ts';
import { useOrder } from '../../state/use-order.ts';
import { useText } from '../../text/use-text.ts';
import { PatternsField, SizeField } from '../tasks/filter-fields.tsx';
import { RateHours, WorkHours } from './hours-lists.tsx';

interface LimitsDialogProps {
  /** At least one; what the first has is shown, and all of them get what is chosen. */
  readonly rows: readonly MachineRow[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Labels, places, hours and bandwidth of one machine, or of all chosen ones. */
export function LimitsDialog({ rows, onDone, onClose }: LimitsDialogProps) {
  const { t } = useText();
  const words = t.machines.limits;
  const order = useOrder();
  const [first] = rows;
  const [rules, setRules] = useState(first?.rules ?? machineRulesSchema.parse({}));
  const [bandwidth, setBandwidth] = useState<Bandwidth>(
    first?.bandwidth ?? { bytesPerSecond: null, hours: [] },
  );
  const [places, setPlaces] = useState(rules.slots === null ? '' : String(rules.slots));
  const slots = places.trim() === '' ? null : Number(places);
  const rightPlaces = slots === null || (Number.isInteger(slots) && slots >= 1 && slots <= 64);
  const wanted = { ...rules, slots };
  const right =
    rightPlaces &&
    machineRulesSchema.safeParse(wanted).success &&
    rules.hours.every(({ from, to }) => from !== to) &&
    bandwidthSchema.safeParse(bandwidth).success;
  const save = () =>
    order.give(
      (client) => setAll(client, rows, (row) => ({ ...wanted, drained: row.rules.drained }), bandwidth),
      onDone,
    );
  return (
    <DialogFrame
      title={words.title(rows.length === 1 ? (first?.name ?? '') : t.machines.count(rows.length))}
      {...(rows.length > 1 ? { intro: words.many } : {})}
      ok={words.save}
      okDisabled={!right}
      order={order}
      onOk={() => void save()}
      onClose={onClose}
    >
      <PatternsField
        splitAtCommas
        label={words.labels}
        help={words.labelsHint}
        value={[...rules.labels]}
        onChange={(labels) => setRules({ ...rules, labels })}
      />
      <TextField
        size="small"
        label={words.places}
        value={places}
        onChange={(event) => setPlaces(event.target.value)}
        error={!rightPlaces}
        helperText={rightPlaces ? words.placesHint : words.wrongPlaces}
        slotProps={{ htmlInput: { inputMode: 'numeric', autoComplete: 'off' } }}
      />
      <Typography variant="h3">{words.hours}</Typography>
      <WorkHours hours={rules.hours} onChange={(hours) => setRules({ ...rules, hours })} />
      <Typography variant="h3">{words.rate}</Typography>
      <SizeField
        label={words.sending}
        help={words.sendingHint}
        wrong={false}
        value={bandwidth.bytesPerSecond}
        onChange={(bytesPerSecond) => setBandwidth({ ...bandwidth, bytesPerSecond })}
      />
      <RateHours hours={bandwidth.hours} onChange={(hours) => setBandwidth({ ...bandwidth, hours })} />
    </DialogFrame>
  );
}

/** One machine after the other; the first that refuses ends it, and says why. */
async function setAll(
  client: ConsoleClient,
  rows: readonly MachineRow[],
  rulesOf: (row: MachineRow) => MachineRow['rules'],
  bandwidth: Bandwidth,
): Promise<Result<void>> {
  for (const row of rows) {
    const { machine } = row;
    const ruled = await client.machines.setRules({ machine, rules: rulesOf(row) });
    if (!ruled.ok) return ruled;
    const limited = await client.machines.setBandwidth({ machine, bandwidth });
    if (!limited.ok) return limited;
  }
  return ok(undefined);
}
