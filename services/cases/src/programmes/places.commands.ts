import { type Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { ApplicationItem } from '../applications/application-item';
import { dropDeadlines } from '../deadlines/deadlines';
import { lockList } from '../waiting-lists/lock-list';
import { offerFreePlaces } from '../waiting-lists/place-offers';
import { ItemAlreadyPlanned, LimitReached, type Place, PlaceAlreadyHeld, PlaceInUse } from './places';

type Query = Pick<Work, 'query'>;

/** Takes a place within the limit, or none at all: the row's condition decides, however many ask at once (art. 42(2)). */
export async function takePlace(work: Query, place: Place): Promise<void> {
  const [, [counted]] = await Promise.all([
    occupyPlace(work, place),
    work.query(
      `update programme_service set taken = taken + 1
       where programme_id = $1 and service_code = $2 and taken < expected_persons returning taken`,
      [place.programmeId, place.serviceCode],
    ),
  ]);
  if (!counted) throw new LimitReached();
}

/** Of a place that is counted already, because it was held for the person. */
export async function occupyPlace({ query }: Query, place: Place): Promise<void> {
  const { itemId, personId, programmeId, serviceCode } = place;
  const [held] = await query(
    `insert into service_place (item_id, person_id, programme_id, service_code) values ($1, $2, $3, $4)
     on conflict do nothing returning item_id`,
    [itemId, personId, programmeId, serviceCode],
  );
  if (!held) throw new PlaceAlreadyHeld();
}

/** Of an item that is asked for no more: its place, or its turn on the waiting list, goes to whoever is next. */
export async function letGo(work: Work, personId: string, item: ApplicationItem, today: Day): Promise<void> {
  const { id: itemId, programmeId, serviceCode, state } = item;
  if (state === 'QUALIFIED') await freePlace(work, { itemId, personId, programmeId, serviceCode }, today);
  await leaveWaitingList(work, itemId, today);
}

/** Gives a place back; whoever is first on the waiting list is offered it. One that a plan or a single allocation uses stays used, also after it. */
async function freePlace(work: Work, place: Place, today: Day): Promise<void> {
  await lockList(work, place);
  const [freed] = await work.query(
    'update service_place set released_at = now() where item_id = $1 and released_at is null and plan_id is null returning item_id',
    [place.itemId],
  );
  if (!freed) throw new PlaceInUse();
  await uncount(work, place, today);
}

/** Ends the waiting, whatever the reason. A place that was held meanwhile goes to whoever is next. */
export async function leaveWaitingList(work: Work, itemId: string, today: Day): Promise<void> {
  const [entry] = await work.query<Place>(
    'select item_id as "itemId", programme_id as "programmeId", service_code as "serviceCode" from waiting_list_entry where item_id = $1',
    [itemId],
  );
  if (!entry) return;
  await lockList(work, entry);
  const [left] = await work.query<{ held: boolean }>(
    'delete from waiting_list_entry where item_id = $1 returning offered_on is not null as held',
    [itemId],
  );
  dropDeadlines(work, itemId, 'PLACE_OFFER_ANSWER');
  if (left?.held) await uncount(work, entry, today);
}

/** A place that nobody holds any more. The row is locked. */
export async function uncount(
  work: Work,
  service: Pick<Place, 'programmeId' | 'serviceCode'>,
  today: Day,
): Promise<void> {
  work.send('update programme_service set taken = taken - 1 where programme_id = $1 and service_code = $2', [
    service.programmeId,
    service.serviceCode,
  ]);
  await offerFreePlaces(work, service, today);
}

/** Marks the places that an approved plan or a single allocation uses, each by one only. */
export async function usePlaces({ query }: Query, planId: string, itemIds: readonly string[]): Promise<void> {
  const used = await query(
    'update service_place set plan_id = $1 where item_id = any ($2::uuid[]) and plan_id is null and released_at is null returning item_id',
    [planId, itemIds],
  );
  if (used.length < itemIds.length) throw new ItemAlreadyPlanned();
}

/** The person holds these places no longer, all of the plan unless some are named, yet they count as used for as long as the programme runs. */
export async function endPlaces({ query }: Query, planId: string, itemIds?: readonly string[]): Promise<void> {
  await query(
    `update service_place set ended_at = now()
     where plan_id = $1 and ($2::uuid[] is null or item_id = any ($2)) and ended_at is null`,
    [planId, itemIds ?? null],
  );
}
