import { parseArgs } from 'node:util';
import type { Service } from '@okienko/contracts/event';
import { dataSource } from '@okienko/messaging/data-source';
import { withFiles } from './config';
import { openBroker } from '@okienko/messaging/jetstream';
import { replay } from '@okienko/messaging/replay';

const usage =
  'replay --to <service> --run <name> [--aggregate <type>]… [--id <aggregate id>]… [--since <instant>] [--until <instant>]; DATABASE_URL, NATS_URL\n';

/** The command of an owner: says again, to one service alone, what the outbox has kept. */
export async function replayService(service: Service): Promise<void> {
  const { values } = parseArgs({
    options: {
      to: { type: 'string' },
      run: { type: 'string' },
      aggregate: { type: 'string', multiple: true },
      id: { type: 'string', multiple: true },
      since: { type: 'string' },
      until: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const {
    DATABASE_URL: url,
    NATS_URL: brokerUrl,
    EVENT_NAMESPACE: namespace = 'okienko',
  } = withFiles(process.env, new Set(['DATABASE_URL', 'NATS_URL']));
  const { to, run, aggregate, id, since, until } = values;
  if (values.help) return void process.stdout.write(usage);
  const unclear = [since, until].some((instant) => instant !== undefined && Number.isNaN(Date.parse(instant)));
  if (!url || !brokerUrl || !to || !run || !/^[\w-]+$/.test(run) || unclear) {
    process.stderr.write(usage);
    process.exit(2);
  }
  try {
    const name = `${service} replay`;
    const database = await dataSource({ url, mappings: [], migrations: [], poolSize: 1, name }).initialize();
    const broker = await openBroker(brokerUrl, name);
    const events = await replay(database, broker, {
      namespace,
      to,
      run,
      ...(aggregate && { aggregates: aggregate }),
      ...(id && { ids: id }),
      ...(since && { since: new Date(since) }),
      ...(until && { until: new Date(until) }),
      say: (progress) => void process.stderr.write(`  ${progress}\n`),
    });
    process.stdout.write(`${JSON.stringify({ run, events })}\n`);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${service}: nothing more was replayed: ${(error as Error).message}\n`);
    process.exit(1);
  }
}
