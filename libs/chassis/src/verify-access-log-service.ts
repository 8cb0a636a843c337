import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Service } from '@okienko/contracts/event';
import { dataSource } from '@okienko/messaging/data-source';
import { openBroker } from '@okienko/messaging/jetstream';
import { type AccessLogFault, verifyAccessLog } from '@okienko/privacy/access-log-verification';
import { type AnchorFault, anchorsIn, anchorsOnStream, judgeAnchors } from './access-log-anchors';
import { withFiles } from './config';

export interface Verified {
  readonly service: Service;
  readonly rows: number;
  readonly anchors: number;
  readonly faults: readonly (AccessLogFault | AnchorFault)[];
}

interface Sources {
  readonly databaseUrl: string;
  /** The broker, whose stream has anchors of the last two weeks. */
  readonly brokerUrl?: string | undefined;
  readonly namespace: string;
  /** Anchors kept where this database's administrator cannot write, one a line; new ones are added to it when nothing is wrong. */
  readonly file?: string | undefined;
}

export async function verifyAccessLogOf(service: Service, { databaseUrl: url, ...from }: Sources): Promise<Verified> {
  const elsewhere = await anchorsElsewhere(service, from);
  const name = `${service} verification`;
  const database = await dataSource({ url, mappings: [], migrations: [], poolSize: 1, name }).initialize();
  try {
    return await database.transaction('REPEATABLE READ', async (sql) => {
      const outbox = await anchorsIn(sql);
      const { told, faults, count } = judgeAnchors(outbox, elsewhere);
      const log = await verifyAccessLog(sql, 1000, told);
      const verified = { service, rows: log.rows, anchors: count, faults: [...faults, ...log.faults] };
      if (from.file && verified.faults.length === 0) keep(from.file, outbox, elsewhere);
      return verified;
    });
  } finally {
    await database.destroy();
  }
}

async function anchorsElsewhere(
  service: Service,
  { brokerUrl, namespace, file }: Omit<Sources, 'databaseUrl'>,
): Promise<string[]> {
  const kept = file && existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  if (!brokerUrl) return kept;
  const broker = await openBroker(brokerUrl, `${service} verification`);
  try {
    return [...(await anchorsOnStream(broker, namespace, service)), ...kept];
  } finally {
    await broker.connection.close();
  }
}

function keep(file: string, outbox: readonly string[], elsewhere: readonly string[]): void {
  const known = existsSync(file) ? new Set(readFileSync(file, 'utf8').split('\n')) : new Set<string>();
  for (const body of new Set([...outbox, ...elsewhere]))
    if (!known.has(body)) appendFileSync(file, `${body}\n`, { mode: 0o600 });
}

const usage = `verify-access-log [--file <anchors>] [--json]; DATABASE_URL, NATS_URL (without it the stream is not asked)\n`;

/** The command. `DATABASE_URL` is that of a role that may read the log. Exit codes: 0 whole, 1 something was found, 2 it could not be looked at. */
export async function verifyAccessLogService(service: Service): Promise<void> {
  const { values } = parseArgs({
    options: { file: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const names = new Set(['DATABASE_URL', 'NATS_URL']);
  const { DATABASE_URL: databaseUrl, NATS_URL: brokerUrl, EVENT_NAMESPACE } = withFiles(process.env, names);
  if (values.help) return void process.stdout.write(usage);
  if (!databaseUrl) {
    process.stderr.write(usage);
    process.exit(2);
  }
  try {
    const sources = { databaseUrl, brokerUrl, namespace: EVENT_NAMESPACE ?? 'okienko', file: values.file };
    const verified = await verifyAccessLogOf(service, sources);
    process.stdout.write(values.json ? `${JSON.stringify(verified)}\n` : tell(verified));
    process.exit(verified.faults.length === 0 ? 0 : 1);
  } catch (error) {
    process.stderr.write(`${service}: the access log was not verified: ${(error as Error).message}\n`);
    process.exit(2);
  }
}

function tell({ service, rows, anchors, faults }: Verified): string {
  const heading = `${service}: ${rows} rows, ${anchors} anchors, ${faults.length === 0 ? 'whole' : `${faults.length} faults`}`;
  const lines = faults.map((fault) =>
    'anchor' in fault
      ? `  anchor ${fault.anchor}: ${fault.kind}`
      : `  chain ${fault.chain}, row ${fault.position}: ${fault.kind}`,
  );
  return `${[heading, ...lines].join('\n')}\n`;
}
