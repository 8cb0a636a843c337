import type { Principal } from '@okienko/chassis/access';
import { NotFound, StaleVersion } from '@okienko/contracts/domain-error';
import type { Aggregate, AggregateType } from '@okienko/messaging/aggregate-store';
import type { Work } from '@okienko/messaging/unit-of-work';
import { given, where } from './conditions';
import { maySee, visibleTo } from './visibility';

/** Loads for change what the caller may see. Visibility is asked first: a stale version would tell that the thing exists. */
export async function loadVisible<A extends Aggregate & { readonly unit: string }>(
  work: Work,
  type: AggregateType<A>,
  id: string,
  caller: Principal,
  expectedVersion?: number,
): Promise<A> {
  const aggregate = await work.load(type, id);
  if (!maySee(caller, aggregate)) throw new NotFound(wordsOf(type.name));
  if (expectedVersion !== undefined && aggregate.version !== expectedVersion) {
    throw new StaleVersion(expectedVersion, aggregate.version);
  }
  return aggregate;
}

/**
 * What of a row has to be known before it is locked, because something else is locked first. Another's is not found by the same statement
 * as what does not exist, and no lock is taken for either: neither the answer nor the work behind it tells them apart.
 */
export async function lookAtVisible<Row>(
  { query }: Pick<Work, 'query'>,
  select: string,
  id: string,
  caller: Principal,
): Promise<Row | undefined> {
  const { sql, values } = where(...given('id = ?', id), ...visibleTo(caller));
  const [found] = await query<Row>(`${select} ${sql}`, values);
  return found;
}

const wordsOf = (name: string): string => name.replaceAll(/\B[A-Z]/g, ' $&').toLowerCase();
