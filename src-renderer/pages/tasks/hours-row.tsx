import type { GentleHours } from '../../../src-shared/model/gentle.ts';
import { WeekHoursRow } from '../../parts/week-hours-row.tsx';
import { useText } from '../../text/use-text.ts';
import { ShareField } from './share-field.tsx';

interface HoursRowProps {
  readonly range: GentleHours;
  readonly onChange: (range: GentleHours) => void;
  readonly onRemove: () => void;
}

/** Days, a range of the day and a share, in two lines. */
export function HoursRow({ range, onChange, onRemove }: HoursRowProps) {
  const { t } = useText();
  return (
    <WeekHoursRow range={range} onChange={(hours) => onChange({ ...range, ...hours })} onRemove={onRemove}>
      <ShareField
        label={t.settings.gentle.share}
        shares={[100, 75, 50, 25, 10, 0]}
        value={range.share}
        onChange={(value) => onChange({ ...range, share: value })}
      />
    </WeekHoursRow>
  );
}
