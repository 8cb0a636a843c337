import { cursorId, defaultLimit, type Page, type PageQuery, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import type { DataSource } from 'typeorm';
import { type Condition, where } from './where';

export async function oneRow<Row>(
  dataSource: DataSource,
  what: string,
  select: string,
  conditions: readonly Condition[],
): Promise<Row> {
  const { text, values } = where(conditions);
  const [row] = await dataSource.query<Row[]>(`${select} ${text}`, values);
  if (!row) throw new NotFound(what);
  return row;
}

/** One page in the order of ids, which are UUIDv7 and so come in the order in which they were made. */
export async function pageOfRows<Row extends { readonly id: string }>(
  dataSource: DataSource,
  select: string,
  conditions: readonly Condition[],
  { limit = defaultLimit, after }: PageQuery,
): Promise<Page<Row>> {
  const cursor = cursorId(after);
  const { text, values } = where([...conditions, cursor === undefined ? undefined : ['id > ?', cursor]]);
  const sql = `${select} ${text} order by id limit $${values.length + 1}`;
  return pageOf(await dataSource.query<Row[]>(sql, [...values, limit + 1]), limit, ({ id }) => [id]);
}
