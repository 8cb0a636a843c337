import type { Service } from './event';
import { topology } from './streams';

/** What a user of the broker may say and hear; everything else is refused. */
export interface Permissions {
  readonly publish: { readonly allow: readonly string[] };
  readonly subscribe: { readonly allow: readonly string[] };
}

/** The service of whose own events some are sealed. */
const sealing: Service = 'cases';
/** The service that lays events ready for partners. */
const laying: Service = 'notifications';

/** The streams that this service alone fills. */
export const ownStreams = (namespace: string, service: string): string[] =>
  [service, ...(service === sealing ? ['sealed'] : [])].flatMap((source) =>
    topology(namespace)
      .streams.filter(({ subjects }) => subjects.includes(`${namespace}.${source}.>`))
      .map(({ name }) => name),
  );

/** Answers to one user alone. */
export const inboxOf = (user: string): string => `_INBOX_${user}`;

/**
 * A service publishes its own events and nobody else's, reads by its own durables alone, and neither creates, changes, purges nor deletes a
 * stream; of messages it reads directly only those that it has published. `notifications` in addition keeps the stream for partners: lays events, takes them back, and gives each partner its durable.
 */
export function permissionsOf(namespace: string, service: Service): Permissions {
  const { streams, consumers, partners } = topology(namespace);
  const wake = `wake.${namespace}.${service}`;
  const reading = consumers
    .filter((plan) => plan.service === service)
    .flatMap(({ stream, durable }) => [
      `$JS.API.CONSUMER.INFO.${stream}.${durable}`,
      `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
      `$JS.ACK.${stream}.${durable}.>`,
    ]);
  const forPartners = [
    `${namespace}.partners.>`,
    `$JS.API.STREAM.INFO.${partners.name}`,
    `$JS.API.STREAM.PURGE.${partners.name}`,
    `$JS.API.DIRECT.GET.${partners.name}`,
    `$JS.API.DIRECT.GET.${partners.name}.>`,
    `$JS.API.CONSUMER.CREATE.${partners.name}.>`,
    `$JS.API.CONSUMER.DURABLE.CREATE.${partners.name}.>`,
  ];
  return {
    publish: {
      allow: [
        `${namespace}.${service}.>`,
        // What it said itself: after a restore of its database it looks whether the stream has more.
        ...ownStreams(namespace, service).map((stream) => `$JS.API.DIRECT.GET.${stream}`),
        ...(service === sealing ? [`${namespace}.sealed.${service}.>`] : []),
        wake,
        '$JS.API.INFO',
        ...streams.map(({ name }) => `$JS.API.STREAM.INFO.${name}`),
        ...reading,
        ...(service === laying ? forPartners : []),
      ],
    },
    subscribe: { allow: [`${inboxOf(service)}.>`, wake] },
  };
}
