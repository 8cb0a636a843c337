import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { topology } from '@okienko/contracts/streams';
import { checkout } from '@okienko/local/paths';
import { jadwiga, operator, zenon } from './marked-people';
import { type MarkedRun, tracesIn } from './marked-run';

/** Somewhere data can end up, with all that is there. */
export interface Sink {
  readonly name: string;
  readonly texts: readonly string[];
}

/** Every table of every service that has rows, as text, bytes in hex. */
export async function* tables({ services }: MarkedRun): AsyncGenerator<Sink> {
  for (const [name, service] of Object.entries(services)) {
    const all = await service.sql<{ table: string }>(
      `select table_name as table from information_schema.tables where table_schema = current_schema()`,
    );
    for (const { table } of all) {
      const rows = await service.sql<{ row: string }>(`select t::text as row from "${table}" t`);
      if (rows.length > 0) yield { name: `${name}.${table}`, texts: rows.map(({ row }) => row) };
    }
  }
}

/** Every message of every stream, with its subject and headers. */
export async function* streams({ services, broker }: MarkedRun): AsyncGenerator<Sink> {
  const { streams: kept, replay, partners } = topology(services.cases.namespace);
  for (const { name } of [...kept, replay, partners]) {
    const { state } = await broker.manager.streams.info(name);
    const texts: string[] = [];
    for (let seq = state.first_seq; seq <= state.last_seq && state.messages > 0; seq += 1) {
      // What a reader has acknowledged may be gone.
      const message = await broker.manager.streams.getMessage(name, { seq }).catch(() => null);
      const headers = [...(message?.header ?? [])].flat(2).join(' ');
      if (message) texts.push(`${message.subject} ${headers} ${message.string()}`);
    }
    yield { name: `stream ${name}`, texts };
  }
}

/** What services say to those who run them, and to everybody: metrics, dead letters, what they are and can do. */
export async function* pages({ services }: MarkedRun): AsyncGenerator<Sink> {
  for (const [name, service] of Object.entries(services))
    for (const path of ['/metrics', '/dead-letters', '/health/ready', '/openapi.json']) {
      const { body } = await service.http<unknown>('GET', path, path === '/dead-letters' ? { as: operator } : {});
      yield { name: `${name} ${path}`, texts: [typeof body === 'string' ? body : JSON.stringify(body)] };
    }
  yield { name: 'asyncapi.json', texts: [readFileSync(join(checkout, 'libs', 'contracts', 'asyncapi.json'), 'utf8')] };
}

/** Logs, traces, what clients were refused with, and what the partner got. */
export function told({ logged, collector, people, posted }: MarkedRun): Sink[] {
  return [
    { name: 'logs', texts: logged },
    { name: 'traces', texts: collector.texts },
    { name: 'refusals', texts: people.refusals },
    { name: 'webhooks', texts: posted },
  ];
}

/** Mails that hold what is of somebody else than whom they are to. */
export function strayMails({ mail }: MarkedRun): string[] {
  const of = (person: object): string[] => Object.values(person) as string[];
  const isIn = (text: string, person: object): boolean => tracesIn([text]).some((trace) => of(person).includes(trace));
  return mail.mails.filter((text) => isIn(text, jadwiga) && isIn(text, zenon));
}
