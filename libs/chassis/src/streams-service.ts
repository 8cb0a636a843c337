import { openBroker } from '@okienko/messaging/jetstream';
import { planChanges } from '@okienko/messaging/topology-plan';
import { withFiles } from './config';

/** The command: tells what the broker at NATS_URL lacks of streams and consumers; `apply` puts it right. */
export async function streamsService(apply: boolean): Promise<void> {
  const { NATS_URL: url, EVENT_NAMESPACE, STREAM_REPLICAS } = withFiles(process.env, new Set(['NATS_URL']));
  if (!url) throw new Error('Set NATS_URL to the broker, for example nats://127.0.0.1:14222.');
  const broker = await openBroker(url, 'streams').catch((error: Error) => {
    const hosts = url.replaceAll(/[^/,]*@/g, '');
    throw new Error(`${hosts} does not answer as a NATS server with JetStream: ${error.message}`);
  });
  try {
    const changes = await planChanges(broker.manager, EVENT_NAMESPACE ?? 'okienko', Number(STREAM_REPLICAS ?? 1));
    const say = (text: string): unknown => process.stdout.write(`${text}\n`);
    for (const { what, differences } of changes) say(`${what}: ${differences}`);
    if (changes.length === 0) say('The broker has every stream and consumer as it should.');
    else if (!apply)
      say(`\n${changes.length} changes. Nothing was done; add --apply to do it (npm run streams -- --apply).`);
    else {
      for (const change of changes) await change.apply();
      say(`\n${changes.length} changes done.`);
    }
  } finally {
    await broker.connection.close();
  }
}
