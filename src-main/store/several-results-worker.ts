import { resultsThread } from './results-thread.ts';
import { serveSeveral } from './thread/serve-thread.ts';

/** A thread that writes the results of several runs. */
serveSeveral(resultsThread);
