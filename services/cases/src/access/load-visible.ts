import type { Principal } from '@okienko/chassis/access';
import { NotFound, StaleVersion } from '@okienko/contracts/domain-error';
import type { Aggregate, AggregateType } from '@okienko/messaging/aggregate-store';
import type { Work } from '@okienko/messaging/unit-of-work';
import { maySee } from './visibility';

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

const wordsOf = (name: string): string => name.replaceAll(/\B[A-Z]/g, ' $&').toLowerCase();
