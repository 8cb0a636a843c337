import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { afterRestore, type AfterRestored } from '@okienko/messaging/after-restore';
import type { Sql } from '@okienko/messaging/gap-reader';
import { openBroker } from '@okienko/messaging/jetstream';
import { Client } from 'pg';
import { withFiles } from './config';
import type { ServiceDefinition } from './service-definition';

const usage = `after-restore [--apply] [--complete] [--numbers N] [--lost FILE] [--seen FILE]
DATABASE_URL as the role that owns the schema, NATS_URL as who keeps the streams; EVENT_NAMESPACE, STREAM_REPLICAS.
`;

/** The command of an owner, run like a migration before the service starts: the broker is made to follow the restored database. */
export async function afterRestoreService({ name, afterRestore: follow }: ServiceDefinition): Promise<void> {
  const { values } = parseArgs({
    options: {
      apply: { type: 'boolean', default: false },
      complete: { type: 'boolean', default: false },
      numbers: { type: 'string', default: '1000' },
      lost: { type: 'string' },
      seen: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return void process.stdout.write(usage);
  const {
    DATABASE_URL: url,
    NATS_URL: brokerUrl,
    EVENT_NAMESPACE: namespace = 'okienko',
    STREAM_REPLICAS: replicas = '1',
  } = withFiles(process.env, new Set(['DATABASE_URL', 'NATS_URL']));
  const numbers = Number(values.numbers);
  if (!url || !brokerUrl || !Number.isSafeInteger(numbers) || numbers < 0) {
    process.stderr.write(usage);
    process.exit(2);
  }
  try {
    const client = new Client({ connectionString: url, application_name: `okienko ${name} after restore` });
    await client.connect();
    const sql: Sql = { query: async (text, values) => (await client.query(text, values)).rows };
    const report = await afterRestore(sql, await openBroker(brokerUrl, `${name} after restore`), {
      service: name,
      namespace,
      replicas: Number(replicas),
      apply: values.apply,
      complete: values.complete,
      numbers,
      lostElsewhere: values.lost ? (JSON.parse(readFileSync(values.lost, 'utf8')) as string[]) : [],
      seen: values.seen ? (JSON.parse(readFileSync(values.seen, 'utf8')) as AfterRestored) : undefined,
      follow,
    });
    process.stdout.write(`${JSON.stringify(report)}\n`);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${name}: ${(error as Error).message}\n`);
    process.exit(1);
  }
}
