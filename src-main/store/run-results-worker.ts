import { resultsThread } from './results-thread.ts';
import { serveThread } from './thread/serve-thread.ts';

/** The thread that writes the results of one run. */
serveThread(resultsThread);
