import type { Service } from './event';

const day = 24 * 60 * 60;

/** A JetStream stream: which subjects it keeps, and for how long (seconds). */
export interface StreamPlan {
  readonly name: string;
  readonly subjects: readonly string[];
  readonly maxAge: number;
  readonly duplicateWindow: number;
  /** What its reader has acknowledged is gone. */
  readonly isQueue?: true;
}

/** A durable pull consumer: which service reads which stream. Replicas of the service share it. */
export interface ConsumerPlan {
  readonly service: Service;
  readonly stream: string;
  readonly durable: string;
}

/**
 * The streams and consumers of one deployment. `namespace` is the root of its subjects and the prefix of its streams, so that several
 * deployments may share a broker; a city has one, `okienko`.
 */
export function topology(namespace: string): {
  streams: readonly StreamPlan[];
  consumers: readonly ConsumerPlan[];
  /** Events said again for one reader alone, under their old ids: see `replay.ts` of the messaging library. */
  replay: StreamPlan;
  /** What lies ready for partners. No service reads it, and of a partner only what `partnerPlace` says. */
  partners: StreamPlan;
} {
  const streamName = (source: string): string => `${namespace}_${source}`.toUpperCase();
  const stream = (source: string, days: number): StreamPlan => ({
    name: streamName(source),
    subjects: [`${namespace}.${source}.>`],
    maxAge: days * day,
    duplicateWindow: 5 * 60,
  });
  const reads = (service: Service, ...sources: string[]): ConsumerPlan[] =>
    sources.map((source) => ({ service, stream: streamName(source), durable: `${service}-reads-${source}` }));
  return {
    streams: [
      stream('catalogue', 14),
      stream('cases', 14),
      stream('providers', 14),
      stream('notifications', 14),
      stream('sealed', 3),
    ],
    replay: stream('replay', 1),
    partners: { ...stream('partners', 0), isQueue: true },
    // Who listens to whom. A consumer takes the whole stream, so that it sees every step of an aggregate and any gap in it.
    consumers: [
      ...reads('catalogue', 'cases', 'providers'),
      ...reads('cases', 'catalogue', 'providers'),
      ...reads('providers', 'catalogue', 'cases'),
      ...reads('notifications', 'catalogue', 'cases', 'providers', 'sealed'),
    ],
  };
}

/** Where one partner's events lie on the broker, and the durable pull consumer through which it alone reads them. */
export interface PartnerPlace {
  readonly stream: string;
  readonly durable: string;
  /** Of all its subscriptions. */
  readonly subjects: string;
}

/** A dot separates subjects, and no id holds `=`. (Of names with `%` nats-server 2.10 loses the acknowledgements between accounts.) */
const partnerMark = (partnerId: string): string => partnerId.replaceAll('.', '=');

export const partnerPlace = (namespace: string, partnerId: string): PartnerPlace => ({
  stream: topology(namespace).partners.name,
  durable: `partner-${partnerMark(partnerId)}`,
  subjects: `${namespace}.partners.${partnerMark(partnerId)}.>`,
});

export const partnerSubject = (namespace: string, partnerId: string, subscriptionId: string): string =>
  `${namespace}.partners.${partnerMark(partnerId)}.${subscriptionId}`;
