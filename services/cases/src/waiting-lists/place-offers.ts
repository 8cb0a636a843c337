import { type Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { startDeadline } from '../deadlines/deadlines';
import type { Place } from '../programmes/places';
import { clockFrom } from '../terms/clocks';
import { inOrder } from './waiting-list';
import { WaitingListEntry } from './waiting-list-entry';

/**
 * Offers every free place of a service to whoever is first on its waiting list, and holds it until the answer. A place that is held counts as
 * taken. The service's row is locked.
 */
export async function offerFreePlaces(
  work: Work,
  { programmeId, serviceCode }: Pick<Place, 'programmeId' | 'serviceCode'>,
  today: Day,
): Promise<number> {
  const first = await work.query<{ id: string; coordinator: string | null }>(
    `select e.id, a.coordinator from waiting_list_entry e join application a on a.id = e.application_id
     where e.programme_id = $1 and e.service_code = $2 and e.offered_on is null
     order by ${inOrder}
     limit coalesce((
       select s.expected_persons - s.taken
       from programme_service s join programme p on p.id = s.programme_id and p.programme_version = s.programme_version
       where s.programme_id = $1 and s.service_code = $2 and p.ended_on is null and $3::date between p.valid_from and p.valid_to), 0)`,
    [programmeId, serviceCode, today],
  );
  if (first.length === 0) return 0;
  work.send('update programme_service set taken = taken + $3 where programme_id = $1 and service_code = $2', [
    programmeId,
    serviceCode,
    first.length,
  ]);
  for (const { id, coordinator } of first)
    await offerPlace(work, await work.load(WaitingListEntry, id), coordinator, today);
  return first.length;
}

async function offerPlace(work: Work, entry: WaitingListEntry, assignee: string | null, today: Day): Promise<void> {
  const clock = clockFrom('PLACE_OFFER_ANSWER', today);
  const { itemId, applicationId, personId, unit, terc } = entry;
  entry.offer(today, clock.dueOn);
  await work.save(entry, entry.placeOffered());
  startDeadline(work, {
    kind: 'PLACE_OFFER_ANSWER',
    subjectId: itemId,
    applicationId,
    personId,
    unit,
    terc,
    assignee,
    awaited: 'APPLICANT',
    ...clock,
  });
}
