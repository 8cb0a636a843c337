import type { Service } from '@okienko/contracts/event';
import { destination, type Logger, pino, stdTimeFunctions } from 'pino';

export type { Logger } from 'pino';

export const LOGGER = Symbol('logger');

/** Milliseconds that a line waits for others, so that a busy service does not ask the system once a request to write one. */
const gathered = 100;
const enoughBytes = 8 * 1024;
let out: ReturnType<typeof destination> | undefined;

/** What is still gathered is written when the process ends, whatever ends it but a `kill -9`. */
function standardOutput(): ReturnType<typeof destination> {
  if (out === undefined) {
    const opened = destination({ dest: 1, sync: true, minLength: enoughBytes, periodicFlush: gathered });
    process.on('exit', () => opened.flushSync());
    out = opened;
  }
  return out;
}

/** As pino looks at it: somebody has put themselves between this process and its output, and wants each line. */
const isListenedTo = (): boolean => Object.hasOwn(process.stdout, 'write');

/** JSON lines on standard output. */
export const logOf = (service: Service, level: string): Logger =>
  pino(
    { level, base: { service }, timestamp: stdTimeFunctions.isoTime },
    isListenedTo() ? process.stdout : standardOutput(),
  );
