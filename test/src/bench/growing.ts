import { performance } from 'node:perf_hooks';
import type { ClientBase, Pool } from 'pg';
import type { ServiceAccess } from '@okienko/local/databases';
import { GapReader } from '@okienko/messaging/gap-reader';
import { RelaySession } from '@okienko/messaging/relay-session';
import { connected, fill } from './relaying';
import { median } from './rounds';
import { statements } from './world';

const days = 30;
const small = 10_000;

/** An outbox with a month behind it, in the daily partitions that it would have. */
export async function grow(access: ServiceAccess, rows: number, say: (sentence: string) => void): Promise<void> {
  const client = await connected(access.migrate);
  try {
    await addPartitions(client, days);
    const part = Math.min(rows, 50_000);
    let told = performance.now();
    for (let done = 0; done < rows; done += part) {
      await fill(client, part, days);
      if (performance.now() - told > 3_000) {
        say(`  ${(done + part).toLocaleString('en')} of ${rows.toLocaleString('en')} rows`);
        told = performance.now();
      }
    }
    await client.query('analyze outbox');
  } finally {
    await client.end();
  }
  // What was written so fast is first brought to rest, or the rounds would measure the clearing up.
  await statements(access.migrate, 'vacuum outbox');
}

/** One for each of the days that are over. */
export async function addPartitions(client: ClientBase | Pool, days: number): Promise<void> {
  for (let day = 1; day <= days; day += 1) {
    const { rows: found } = await client.query<{ name: string; from: string; to: string }>(
      `select to_char(d, '"outbox_"YYYYMMDD') as name, d::text as from, (d + 1)::text as to
       from (select (now() at time zone 'UTC')::date - $1::int as d) t`,
      [day],
    );
    for (const { name, from, to } of found) {
      await client.query(
        `create table if not exists ${name} partition of outbox for values from ('${from} 00:00Z') to ('${to} 00:00Z')`,
      );
      await client.query(
        `create unique index if not exists ${name}_once on ${name} (aggregate_type, aggregate_id, sequence)`,
      );
    }
  }
}

export const growSmall = (access: ServiceAccess, say: (sentence: string) => void): Promise<void> =>
  grow(access, small, say);

/** Milliseconds of looking and finding nothing, median of many, on the relay's own session. */
export async function emptyPoll(access: ServiceAccess): Promise<number> {
  const session = await RelaySession.open(access.app);
  try {
    if (!(await session.takesLead())) throw new Error('Another relay still leads.');
    const [last] = await session.query<{ seq: string }>('select max(seq)::text as seq from outbox');
    const reader = new GapReader(session, BigInt(last?.seq ?? 0));
    const times: number[] = [];
    for (let n = 0; n < 300; n += 1) {
      const began = performance.now();
      await reader.read();
      times.push(performance.now() - began);
    }
    return median(times);
  } finally {
    await session.end();
  }
}
