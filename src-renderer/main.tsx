import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/no-eval.ts';
import './app/first-paint.css';
import { App } from './app/app.tsx';
import { stayConnected } from './state/connect.ts';
import { isDesktop, listenForPorts, openSocket } from './state/door.ts';
import { followConnections } from './state/follow.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
const cache = createCache({ key: 'convoy', prepend: true, ...(nonce ? { nonce } : {}) });
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');

// A port may come before the first rendering: listening begins here.
const open = isDesktop() ? listenForPorts() : openSocket;
followConnections();
void stayConnected(open);

createRoot(root).render(
  <StrictMode>
    <CacheProvider value={cache}>
      <App nonce={nonce} />
    </CacheProvider>
  </StrictMode>,
);
