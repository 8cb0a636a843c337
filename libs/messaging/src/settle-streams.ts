import { openBroker } from './jetstream';
import { type Change, planChanges } from './topology-plan';

/** Nobody answers at the URL; the message names the hosts and no password. */
export class BrokerSilent extends Error {
  constructor(url: string, cause: unknown) {
    const hosts = url.replaceAll(/[^/,]*@/g, '');
    super(
      `${hosts} does not answer as a NATS server with JetStream: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

export interface StreamsWanted {
  readonly url: string;
  readonly namespace: string;
  readonly replicas: number;
}

/** What the broker lacks of streams and consumers; where it is to be applied, it has them afterwards. Nothing stored is removed. */
export async function settleStreams(
  { url, namespace, replicas }: StreamsWanted,
  isApplied: boolean,
): Promise<Pick<Change, 'what' | 'differences'>[]> {
  const broker = await openBroker(url, 'streams').catch((error: unknown) => {
    throw new BrokerSilent(url, error);
  });
  try {
    const changes = await planChanges(broker.manager, namespace, replicas);
    if (isApplied) for (const change of changes) await change.apply();
    return changes.map(({ what, differences }) => ({ what, differences }));
  } finally {
    await broker.connection.close();
  }
}
