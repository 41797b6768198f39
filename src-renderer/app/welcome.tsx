import { useState } from 'react';
import { askPlain } from '../state/ask.ts';
import { useClient } from '../state/connection.ts';
import { useFleet } from '../state/fleet.ts';
import { useSignIn } from '../state/sign-in.ts';
import { go } from './use-route.ts';
import { WelcomeDialog } from './welcome-dialog.tsx';

/** Whether somebody is here for the first time: nothing was done on this machine, and nobody has signed in. */
function useIsNew(): boolean {
  const about = useFleet((state) => state.about);
  const overview = useFleet((state) => state.overview);
  const view = useSignIn((state) => state.view);
  if (about === null || overview === null || view === null || about.welcomed) return false;
  return view.who === null && overview.archived === 0 && Object.keys(overview.tasks).length === 0;
}

/** The first screens, for whoever is new. The machine keeps that they were seen, for all windows and browsers. */
export function Welcome() {
  const client = useClient();
  const isNew = useIsNew();
  const [over, setOver] = useState(false);
  if (!isNew || over || client === null) return null;
  const end = async (place: 'overview' | 'sign-in') => {
    setOver(true);
    if (place === 'sign-in') go({ page: 'sign-in' });
    // Where it cannot be kept they come once more, which does no harm.
    const kept = await askPlain(() => client.machine.welcome());
    if (kept.ok) useFleet.setState({ about: kept.value });
  };
  return <WelcomeDialog onEnd={(place) => void end(place)} />;
}
