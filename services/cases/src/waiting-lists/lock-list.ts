import type { Work } from '@okienko/messaging/unit-of-work';
import type { Place } from '../programmes/places';

/**
 * The row of a service is the lock of its places and its waiting list: they change one transaction after the other. Applications are locked
 * before it, entries of the list after it.
 */
export async function lockList(
  { query }: Pick<Work, 'query'>,
  { programmeId, serviceCode }: Pick<Place, 'programmeId' | 'serviceCode'>,
): Promise<void> {
  await query('select from programme_service where programme_id = $1 and service_code = $2 for update', [
    programmeId,
    serviceCode,
  ]);
}
