import type { Principal } from '@okienko/chassis/access';
import type { Aggregate, AggregateType } from '@okienko/messaging/aggregate-store';
import type { Work } from '@okienko/messaging/unit-of-work';
import { ownOnly } from '../provider-account';

/**
 * Loads for change what the caller may act for. The same statement finds neither another's nor what does not exist, and nothing is locked:
 * neither a stale version nor a wait for whoever holds it tells that it is there.
 */
export function loadOwn<A extends Aggregate & { readonly providerId: string }>(
  { load }: Pick<Work, 'load'>,
  type: AggregateType<A>,
  id: string,
  caller: Principal,
  expectedVersion?: number,
): Promise<A> {
  const providerId = ownOnly(caller);
  return load(type, id, expectedVersion, providerId === undefined ? {} : { providerId });
}
