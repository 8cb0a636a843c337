import { verifyAccessLog } from '@okienko/privacy/access-log-verification';
import type { Sql } from '@okienko/privacy/sql';
import type { Chance } from '../chance';

const ways = ['EDITED', 'REMOVED', 'REORDERED'] as const;

interface Row {
  readonly chain: number;
  readonly position: string;
  readonly last: string;
}

/**
 * Spoils one row after another as somebody with all rights would, each in a transaction that is undone, and asks the verifier each time.
 * How many it missed.
 */
export async function missedTamperings(
  sql: Sql & { query<T>(text: string, values?: unknown[]): Promise<T[]> },
  times: number,
  chance: Chance,
): Promise<{ tampered: number; missed: number }> {
  const rows = await sql.query<Row>(
    'select chain, position, (select position from access_log_head h where h.chain = l.chain) as last from access_log l',
  );
  let missed = 0;
  for (let time = 0; time < times; time += 1) {
    const way = ways[time % ways.length] ?? 'EDITED';
    const spoilt = way === 'REORDERED' ? rows.filter(({ position, last }) => Number(position) < Number(last)) : rows;
    const row = chance.pick(spoilt);
    await sql.query('begin');
    await sql.query('set local session_replication_role = replica');
    await spoil[way](sql, row);
    const { faults } = await verifyAccessLog(sql);
    if (!faults.some(({ chain }) => chain === row.chain)) missed += 1;
    await sql.query('rollback');
  }
  return { tampered: times, missed };
}

const here = 'chain = $1 and position = $2::bigint';
const spoil: Readonly<Record<(typeof ways)[number], (sql: Sql, row: Row) => Promise<void>>> = {
  async EDITED(sql, { chain, position }) {
    await sql.query(`update access_log set actor = actor || 'x' where ${here}`, [chain, position]);
  },
  async REMOVED(sql, { chain, position }) {
    await sql.query(`delete from access_log where ${here}`, [chain, position]);
  },
  async REORDERED(sql, { chain, position }) {
    const moved = (from: string, to: string) =>
      sql.query(`update access_log set position = ${to} where chain = $1 and position = ${from}`, [chain, position]);
    await moved('$2::bigint', '$2::bigint + 1000000');
    await moved('$2::bigint + 1', '$2::bigint');
    await moved('$2::bigint + 1000000', '$2::bigint + 1');
  },
};
