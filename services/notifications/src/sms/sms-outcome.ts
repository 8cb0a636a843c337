import type { Outcome } from '../channels/channel';

/** What the gateway answered: a status with what came along, or the code of an error when there was none. */
export interface GatewayAnswer {
  readonly status?: number;
  readonly providerId?: string;
  readonly retryAfter?: string;
  readonly errorCode?: string;
}

const second = 1000;
const longestWait = 24 * 3600 * second;
const aboutThisMessage = new Set([400, 413, 422]);
/** It has this reference already: a repetition. */
const conflict = 409;

/** Whatever is not about this message would meet every other one too: a wrong password of ours, a page that moved, a gateway in trouble. */
export function outcomeOfSms({ status, providerId, retryAfter, errorCode }: GatewayAnswer, now: Date): Outcome {
  if (status === undefined) return { kind: 'NOT_NOW', code: errorCode ?? 'UNKNOWN', isOutage: true };
  if ((status >= 200 && status < 300) || status === conflict)
    return providerId === undefined ? { kind: 'HANDED_OVER' } : { kind: 'HANDED_OVER', providerId };
  const code = `HTTP_${status}`;
  if (aboutThisMessage.has(status)) return { kind: 'REFUSED', code };
  const wait = status === 429 || status === 503 ? waitAskedFor(retryAfter, now) : undefined;
  const notBefore = wait === undefined ? {} : { notBefore: new Date(now.getTime() + wait) };
  return { kind: 'NOT_NOW', code, isOutage: true, ...notBefore };
}

/** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3); at least a second, at most a day. */
export function waitAskedFor(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  const wait = /^\d{1,9}$/.test(header) ? Number(header) * second : Date.parse(header) - now.getTime();
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, second), longestWait);
}
