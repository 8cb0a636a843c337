import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes, randomUUID } from 'node:crypto';
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
  /** The open transaction of an event being handled; commands called by the handler join it. */
  readonly transaction?: Transaction;
}

const storage = new AsyncLocalStorage<Context>();

export const currentContext = (): Context => storage.getStore() ?? freshContext();
export const withContext = <T>(context: Context, act: () => T): T => storage.run(context, act);

const traceparentShape = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** W3C Trace Context: goes on with the caller's trace under a new span id, or begins one. */
export function continueTrace(traceparent: string | undefined): string {
  const trace =
    traceparent && traceparentShape.test(traceparent) && !/^00-0{32}/.test(traceparent)
      ? traceparent.slice(3, 35)
      : randomBytes(16).toString('hex');
  return `00-${trace}-${randomBytes(8).toString('hex')}-01`;
}

export const traceIdOf = (traceparent: string): string => traceparent.slice(3, 35);

export function freshContext(traceparent?: string): Context {
  return { traceparent: continueTrace(traceparent), correlationId: randomUUID() };
}
