import { settleStreams } from '@okienko/messaging/settle-streams';
import { withFiles } from './config';

/** The step of an image before the first service starts: the broker at NATS_URL gets the streams and consumers of all services. */
export async function streamsService(): Promise<void> {
  const { NATS_URL: url, EVENT_NAMESPACE, STREAM_REPLICAS } = withFiles(process.env, new Set(['NATS_URL']));
  if (!url) throw new Error('Set NATS_URL to the broker, for example nats://127.0.0.1:14222.');
  const wanted = { url, namespace: EVENT_NAMESPACE ?? 'okienko', replicas: Number(STREAM_REPLICAS ?? 1) };
  const changes = await settleStreams(wanted, true);
  for (const { what, differences } of changes) process.stdout.write(`${what}: ${differences}\n`);
  process.stdout.write(`${changes.length} changes done.\n`);
}
