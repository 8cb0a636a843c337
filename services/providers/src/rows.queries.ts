import { cursorId, defaultLimit, type Page, type PageQuery, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { type Condition, where } from './where';

/** The pool, or a transaction where a row of the access log belongs to the read. */
interface Source {
  query(text: string, values: unknown[]): Promise<unknown>;
}

export async function oneRow<Row>(
  source: Source,
  what: string,
  select: string,
  conditions: readonly Condition[],
): Promise<Row> {
  const { text, values } = where(conditions);
  const [row] = (await source.query(`${select} ${text}`, values)) as Row[];
  if (!row) throw new NotFound(what);
  return row;
}

/** One page in the order of ids, which are UUIDv7 and so come in the order in which they were made. */
export async function pageOfRows<Row extends { readonly id: string }>(
  source: Source,
  select: string,
  conditions: readonly Condition[],
  { limit = defaultLimit, after }: PageQuery,
): Promise<Page<Row>> {
  const cursor = cursorId(after);
  const { text, values } = where([...conditions, cursor === undefined ? undefined : ['id > ?', cursor]]);
  const sql = `${select} ${text} order by id limit $${values.length + 1}`;
  return pageOf((await source.query(sql, [...values, limit + 1])) as Row[], limit, ({ id }) => [id]);
}
