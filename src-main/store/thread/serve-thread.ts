import { type MessagePort, parentPort, receiveMessageOnPort } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import type { Problem } from '../../../src-shared/model/problem.ts';
import { backUp } from '../database/back-up.ts';
import { asStoreError } from '../database/sqlite-problem.ts';
import { GroupCommit, type Served } from './group-commit.ts';
import type { FromThread, OpenOrder, Procedures, ThreadCall, ToThread } from './procedures.ts';
import { toWire } from './wire-error.ts';

/** What a worker file brings: how to open its database, and what it can be asked. */
export interface ThreadParts<P extends Procedures> {
  open(order: OpenOrder): { readonly database: Database; readonly notices: readonly Problem[] };
  serve(database: Database, notices: readonly Problem[]): Served<P>;
}

/** The life of a thread with one database: open, answer until told to close, close. To be called once, by the worker file. */
export function serveThread<P extends Procedures>(parts: ThreadParts<P>): void {
  serveOn(ownPort(), parts);
}

/** The life of a thread with several databases, each with a port of its own, see `shared-threads.ts`. To be called once, by the worker file. */
export function serveSeveral<P extends Procedures>(parts: ThreadParts<P>): void {
  ownPort().on('message', (port: MessagePort) => serveOn(port, parts));
}

function ownPort(): MessagePort {
  if (parentPort === null) throw new Error('to be started as a worker thread');
  return parentPort;
}

function serveOn<P extends Procedures>(port: MessagePort, parts: ThreadParts<P>): void {
  const post = (message: FromThread): void => port.postMessage(message);
  /** One after the other: they have one place to write to. */
  let backUps = Promise.resolve();
  let opened: { readonly database: Database; readonly group: GroupCommit<P> } | undefined;

  const theOpened = () => {
    if (!opened) throw new Error('the database is not open');
    return opened;
  };

  const open = (order: OpenOrder): void => {
    let database: Database | undefined;
    try {
      const first = parts.open(order);
      database = first.database;
      opened = {
        database,
        group: new GroupCommit(database, order.file, parts.serve(database, first.notices)),
      };
      post({ from: 'opened', notices: first.notices });
    } catch (error) {
      database?.close();
      post({ from: 'unopened', error: toWire(asStoreError(error, order.file)) });
      port.close();
    }
  };

  const close = async (): Promise<void> => {
    await backUps;
    let error: unknown;
    try {
      theOpened().database.close();
    } catch (thrown) {
      error = thrown;
    }
    post({ from: 'closed', error: error === undefined ? undefined : toWire(error) });
    port.close();
  };

  const startBackUp = async (id: number, file: string): Promise<void> => {
    try {
      await backUp(theOpened().database, file);
      post({ from: 'answers', answers: [{ id, ok: true, value: undefined }] });
    } catch (error) {
      post({ from: 'answers', answers: [{ id, ok: false, error: toWire(asStoreError(error, file)) }] });
    }
  };

  /** Calls that came together and are not taken up yet. */
  const together: ThreadCall[] = [];

  /** Calls one by one, and whatever else comes. */
  const receive = (): ToThread | undefined => {
    const call = together.shift();
    if (call !== undefined) return { to: 'call', ...call };
    const received: { message: ToThread } | undefined = receiveMessageOnPort(port);
    if (received?.message.to !== 'calls') return received?.message;
    together.push(...received.message.calls);
    return receive();
  };

  const handle = (message: ToThread): void => {
    if (message.to === 'calls') {
      together.push(...message.calls);
      // What a group leaves of them has to be done before anything else is heard.
      for (let next = receive(); next !== undefined; next = together.length > 0 ? receive() : undefined)
        handle(next);
    } else if (message.to === 'call') {
      // Takes every call that has arrived by now into one transaction; what it hands back is not a call. Then the
      // event loop has its turn again, so that a backup goes on under load.
      const left = theOpened().group.run(message, receive, (answers) => post({ from: 'answers', answers }));
      if (left) handle(left);
    } else if (message.to === 'open') open(message.order);
    else if (message.to === 'back-up') {
      const { id, file } = message;
      backUps = backUps.then(() => startBackUp(id, file));
    } else void close();
  };

  port.on('message', handle);
}
