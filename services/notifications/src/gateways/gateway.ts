import type { Outcome } from '../channels/channel';

/** What is known of the system behind a channel, by all replicas together. */
export interface Gateway {
  /** Outages in a row. */
  readonly failures: number;
  readonly brokenSince: Date | null;
  /** Nothing is sent before. */
  readonly restsUntil: Date | null;
}

/** RESTS: it asked for time. BROKEN: it failed too often in a row. PROBED: the next message shows whether it works again. */
export const gatewayStates = ['WORKS', 'RESTS', 'BROKEN', 'PROBED'] as const;
export type GatewayState = (typeof gatewayStates)[number];

const second = 1000;
export const failuresUntilBroken = 5;
export const shortestRest = 2 * second;
const longestRest = 300 * second;
/** So long what is due waits for a broken gateway; then it takes the next way. */
export const patience = 18 * 3600 * second;

export const working: Gateway = { failures: 0, brokenSince: null, restsUntil: null };

export function stateOf({ failures, restsUntil }: Gateway, now: Date): GatewayState {
  const rests = restsUntil !== null && restsUntil > now;
  if (failures >= failuresUntilBroken) return rests ? 'BROKEN' : 'PROBED';
  return rests ? 'RESTS' : 'WORKS';
}

/** As long as it has been broken, within bounds: the pauses double by themselves. */
export function restOf({ brokenSince }: Gateway, now: Date): number {
  const broken = brokenSince ? now.getTime() - brokenSince.getTime() : 0;
  return Math.min(Math.max(broken, shortestRest), longestRest);
}

/** Whatever it answers about one message, it works; an outage is everybody's. */
export function after(gateway: Gateway, outcome: Outcome, now: Date): Gateway {
  if (outcome.kind !== 'NOT_NOW' || !outcome.isOutage) return gateway.failures > 0 ? working : gateway;
  const restsUntil = later(gateway.restsUntil, outcome.notBefore ?? null);
  const failures = gateway.failures + 1;
  if (failures < failuresUntilBroken) return { failures, brokenSince: null, restsUntil };
  const broken = { failures, brokenSince: gateway.brokenSince ?? now, restsUntil };
  return { ...broken, restsUntil: later(restsUntil, new Date(now.getTime() + restOf(broken, now))) };
}

const later = (one: Date | null, other: Date | null): Date | null =>
  one === null || (other !== null && other > one) ? other : one;
