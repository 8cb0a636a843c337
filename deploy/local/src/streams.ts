import { openBroker } from '@okienko/messaging/jetstream';
import { planChanges } from '@okienko/messaging/topology-plan';
import { Obstacle } from './obstacle';
import { run } from './steps';

/** `npm run streams`: shows what the broker at NATS_URL lacks, and with `--apply` puts it right. */
run(async () => {
  const url = process.env['NATS_URL'];
  if (!url) throw new Obstacle('Set NATS_URL to the broker, for example nats://127.0.0.1:14222.');
  const namespace = process.env['EVENT_NAMESPACE'] ?? 'okienko';
  const broker = await openBroker(url, 'streams').catch((error: Error) => {
    throw new Obstacle(`${new URL(url).host} does not answer as a NATS server with JetStream: ${error.message}`);
  });
  try {
    const changes = await planChanges(broker.manager, namespace, Number(process.env['STREAM_REPLICAS'] ?? 1));
    for (const { what, differences } of changes) console.log(`${what}: ${differences}`);
    if (changes.length === 0) console.log('The broker has every stream and consumer as it should.');
    else if (!process.argv.includes('--apply'))
      console.log(`\n${changes.length} changes. Nothing was done; add --apply to do it (npm run streams -- --apply).`);
    else {
      for (const change of changes) await change.apply();
      console.log(`\n${changes.length} changes done.`);
    }
  } finally {
    await broker.connection.close();
  }
});
