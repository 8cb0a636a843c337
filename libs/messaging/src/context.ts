import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Causation } from '@okienko/contracts/event';
import type { Transaction } from './transaction';

/** A repeatable request: who asked, under which key, and a digest of what was asked. */
export interface IdempotencyKey {
  readonly client: string;
  readonly key: string;
  readonly fingerprint: () => string;
}

/** What accompanies one request or one event through the code without being passed by hand. */
export interface Context extends Causation {
  readonly idempotency?: IdempotencyKey;
  /** Nothing stands behind its `traceparent` yet. */
  readonly begins?: true;
  /** The open transaction of an event being handled; commands called by the handler join it. */
  readonly transaction?: Transaction;
}

const storage = new AsyncLocalStorage<Context>();

export const currentContext = (): Context => storage.getStore() ?? freshContext();
export const withContext = <T>(context: Context, act: () => T): T => storage.run(context, act);

const traceparentShape = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

export const isTraceparent = (text: string | undefined): text is string =>
  text !== undefined && traceparentShape.test(text) && !/^00-(0{32}|[0-9a-f]{32}-0{16})/.test(text);

/** `randomUUID` draws on a store, `randomBytes` asks the system each time. The last seven bytes, which have to be random, are. */
const randomId = (): string => randomUUID().replaceAll('-', '');

/** W3C Trace Context: goes on with the caller's trace under a new span id, recorded or not as the caller says; or begins one. */
export function continueTrace(traceparent: string | undefined): string {
  const span = randomId().slice(16);
  if (!isTraceparent(traceparent)) return `00-${randomId()}-${span}-01`;
  return `00-${traceIdOf(traceparent)}-${span}-${isRecorded(traceparent) ? '01' : '00'}`;
}

export const traceIdOf = (traceparent: string): string => traceparent.slice(3, 35);
export const isRecorded = (traceparent: string): boolean => (parseInt(traceparent.slice(-2), 16) & 1) === 1;

/** Of what is part of something that is known. */
export const contextIn = (traceparent: string): Context => ({ traceparent, correlationId: randomUUID() });

export function freshContext(traceparent?: string): Context {
  return {
    traceparent: continueTrace(traceparent),
    correlationId: randomUUID(),
    ...(!isTraceparent(traceparent) && { begins: true }),
  };
}
