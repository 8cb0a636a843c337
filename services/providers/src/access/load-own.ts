import type { Principal } from '@okienko/chassis/access';
import { NotFound, StaleVersion } from '@okienko/contracts/domain-error';
import type { Aggregate, AggregateType } from '@okienko/messaging/aggregate-store';
import type { Work } from '@okienko/messaging/unit-of-work';
import { actsFor } from '../provider-account';

/** Loads for change what the caller may act for. That is asked first: a stale version would tell that the thing exists. */
export async function loadOwn<A extends Aggregate & { readonly providerId: string }>(
  { load }: Pick<Work, 'load'>,
  type: AggregateType<A>,
  id: string,
  caller: Principal,
  expectedVersion?: number,
): Promise<A> {
  const aggregate = await load(type, id);
  if (!actsFor(caller, aggregate.providerId)) throw new NotFound(wordsOf(type.name));
  if (expectedVersion !== undefined && aggregate.version !== expectedVersion)
    throw new StaleVersion(expectedVersion, aggregate.version);
  return aggregate;
}

const wordsOf = (name: string): string => name.replaceAll(/\B[A-Z]/g, ' $&').toLowerCase();
