import { useEffect, useRef, useState } from 'react';
import { useFleet } from '../state/fleet.ts';
import { overallState } from '../text/overall.ts';
import { sentences, situationOfAll } from '../text/sentences.ts';
import { useText } from '../text/use-text.ts';
import { announce, type Said } from './announcement.ts';

/** Says new states and tenths of progress to people who listen to the screen, and nothing else. */
export function Announcer() {
  const { t, f } = useText();
  const overview = useFleet((state) => state.overview);
  const said = useRef<Said | null>(null);
  const [words, setWords] = useState('');
  useEffect(() => {
    if (!overview) return;
    const next = announce(said.current, overallState(overview.tasks), overview.progress);
    if (!next) return;
    if (said.current) setWords(sentences(t, f, situationOfAll(overview), overview.at).slice(0, 2).join(' '));
    said.current = next;
  }, [overview, t, f]);
  return (
    <div className="visually-hidden" aria-live="polite" aria-atomic="true" data-testid="announcer">
      {words}
    </div>
  );
}
