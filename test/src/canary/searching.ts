import { jadwiga } from '../marked-people';
import { type MarkedRun, tracesIn } from '../marked-run';
import { pages, type Sink, streams, strayMails, tables, told } from '../sinks';
import { dumped } from './backups';
import type { Vaults } from './vaults';

export interface Found {
  readonly name: string;
  readonly traces: readonly string[];
}

async function* everywhere(run: MarkedRun, vaults: Vaults): AsyncGenerator<Sink> {
  yield* tables(run);
  yield* streams(run);
  yield* pages(run);
  yield* told(run);
  for (const [name, { url }] of Object.entries(vaults)) {
    const dump = await dumped(url);
    if (dump) yield { name: `pg_dump of ${name}`, texts: [dump.toString('utf8')] };
  }
}

export async function searched(run: MarkedRun, vaults: Vaults): Promise<{ sinks: number; found: Found[] }> {
  const found: Found[] = [];
  let sinks = 1;
  for await (const { name, texts } of everywhere(run, vaults)) {
    sinks += 1;
    const traces = tracesIn(texts);
    if (traces.length > 0) found.push({ name, traces });
  }
  const stray = strayMails(run);
  if (stray.length > 0) found.push({ name: 'mailbox of somebody else', traces: stray });
  return { sinks, found };
}

/** Would it be found if it were there? Of three places something marked is put into, how many the search finds. */
export async function plantedAndFound(run: MarkedRun): Promise<number> {
  const { services, broker, logged } = run;
  let found = 0;
  await services.providers.sql(`create table planted as select convert_to($1, 'UTF8') as hidden`, [
    `x${jadwiga.address}`,
  ]);
  for await (const { name, texts } of tables(run))
    if (name === 'providers.planted' && tracesIn(texts).includes(jadwiga.address)) found += 1;
  await services.providers.sql('drop table planted');
  const words = JSON.stringify({ hidden: Buffer.from(jadwiga.voiced).toString('base64') });
  await broker.streams.publish(`${services.cases.namespace}.replay.canary.person`, words);
  for await (const { texts } of streams(run)) if (tracesIn(texts).includes(jadwiga.voiced)) found += 1;
  logged.push(`{"msg":"${encodeURIComponent(jadwiga.familyName)}"}`);
  if (tracesIn(logged).includes(jadwiga.familyName)) found += 1;
  logged.pop();
  return found;
}
