import type { Bandwidth } from '../../../src-shared/model/bandwidth.ts';
import type { MachineRules } from '../../../src-shared/model/plan.ts';
import { rangeWords } from '../../parts/gentle-words.ts';
import { lookOf, type ShownMachine } from '../../state/machine-look.ts';
import { reasonText } from '../../text/code-texts.ts';
import type { Messages } from '../../text/en.ts';
import type { Format } from '../../text/format.ts';
import { factorText } from '../../text/sentences.ts';

/** Why a machine is as it is, or what holds it up; undefined where the word for its state says all. */
export function remarkOf(t: Messages, f: Format, machine: ShownMachine): string | undefined {
  const { row } = machine;
  const look = lookOf(machine);
  if (look === 'never-seen') return t.machines.neverSeen;
  if (look === 'offline') return t.machines.workGoesOn;
  if (look === 'idle') return t.machines.noWork;
  if (look === 'waiting' && row?.reason) {
    // The machine says in English which of its rules it is; the only one besides being drained is that of its hours.
    return row.reason.code === 'no-machine-allowed' ? t.machines.outsideHours : reasonText(t, f, row.reason);
  }
  if (look !== 'working' || row === undefined || row.sample.limitedBy === 'nothing') return undefined;
  return t.status.limitedBy(factorText(t, f, row.sample.limitedBy, undefined));
}

/** What a machine may not do, a phrase each. */
export function limitWords(
  t: Messages,
  f: Format,
  rules: MachineRules,
  bandwidth: Bandwidth,
): readonly string[] {
  const { mostUnits, mostRate, onlyHours } = t.machines;
  return [
    ...(rules.slots === null ? [] : [mostUnits(rules.slots)]),
    ...rules.hours.map((range) => onlyHours(rangeWords(t, f, range))),
    ...(bandwidth.bytesPerSecond === null ? [] : [mostRate(f.byteRate(bandwidth.bytesPerSecond))]),
    ...bandwidth.hours.map((range) => `${rangeWords(t, f, range)}: ${rateWords(t, f, range.bytesPerSecond)}`),
  ];
}

export function rateWords(t: Messages, f: Format, bytesPerSecond: number | null): string {
  const { free, nothing, limit } = t.machines.limits.rates;
  return bytesPerSecond === null ? free : bytesPerSecond === 0 ? nothing : limit(f.byteRate(bytesPerSecond));
}

/** How long ago, as people say it; `now` for the last few seconds, in which a beat may just be under way. */
export function agoText(t: Messages, f: Format, at: number | null, now: number): string {
  if (at === null || at === 0) return t.machines.never;
  const ago = now - at;
  // Seconds say nothing of what was minutes ago, and make a list flicker.
  const minutes = Math.floor(ago / 60_000) * 60_000;
  if (ago < 5_000) return t.machines.now;
  return t.machines.ago(
    ago < 60_000 ? f.duration(ago) : ago < 3_600_000 ? f.minutes(minutes / 60_000) : f.duration(minutes),
  );
}
