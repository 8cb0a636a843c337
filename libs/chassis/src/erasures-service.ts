import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { Service } from '@okienko/contracts/event';
import { dataSource } from '@okienko/messaging/data-source';
import { inTransaction, type Transaction } from '@okienko/messaging/transaction';
import type { DataSource } from 'typeorm';
import { type Erasure, erasuresIn, lineOf, wholeLog } from './erasure-log';

/** How a service makes unreadable what it holds about these persons. Doing it again changes nothing. */
export type Erase = (transaction: Transaction, erasures: readonly Erasure[]) => Promise<void>;

const usage = `erasures --export > log   writes whose data have been erased: keep it apart from the backups
erasures --replay < log   erases them again, after a restore; as often as you like
DATABASE_URL is that of the service's own role.
`;

/** As many persons in one transaction. */
const atOnce = 50;

/** After a restore, before anybody uses it: the log is played over the database. Says how many lines it had. */
export async function replayErasures(
  database: DataSource,
  erasures: readonly Erasure[],
  erase: Erase,
  say: (done: number) => void = () => undefined,
): Promise<number> {
  for (let done = 0; done < erasures.length; done += atOnce) {
    await inTransaction(database, (transaction) => erase(transaction, erasures.slice(done, done + atOnce)));
    say(Math.min(done + atOnce, erasures.length));
  }
  return erasures.length;
}

/** The command of an owner. */
export async function erasuresService(service: Service, erase: Erase): Promise<void> {
  const { values } = parseArgs({
    options: { export: { type: 'boolean' }, replay: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return void process.stdout.write(usage);
  const url = process.env['DATABASE_URL'];
  if (!url || values.export === values.replay) {
    process.stderr.write(usage);
    process.exit(2);
  }
  try {
    const name = `${service} erasures`;
    const database = await dataSource({ url, mappings: [], migrations: [], poolSize: 1, name }).initialize();
    if (values.export) {
      for (const one of await database.query<Erasure[]>(wholeLog)) process.stdout.write(lineOf(one));
    } else {
      const say = (done: number): void => void process.stderr.write(`  ${done}\n`);
      const replayed = await replayErasures(database, erasuresIn(await text(process.stdin)), erase, say);
      process.stdout.write(`${JSON.stringify({ service, replayed })}\n`);
    }
    await database.destroy();
  } catch (error) {
    process.stderr.write(`${service}: ${(error as Error).message}\n`);
    process.exit(1);
  }
}
