import type { Work } from '@okienko/messaging/unit-of-work';
import { ItemAlreadyPlanned, LimitReached, OthersWait, type Place, PlaceAlreadyHeld, PlaceInUse } from './places';
import type { ProgrammeService } from './programme-service';

type Query = Pick<Work, 'query'>;

export async function programmeService(
  { query }: Query,
  programmeId: string,
  serviceCode: string,
): Promise<ProgrammeService | undefined> {
  const [found] = await query<ProgrammeService>(
    `select p.id as "programmeId", p.programme_version as "programmeVersion", s.service_code as "serviceCode", p.terc,
            p.valid_from as "validFrom", p.valid_to as "validTo", p.ended_on as "endedOn",
            s.expected_persons as "expectedPersons", s.taken, s.queue_rule as "queueRule"
     from programme p
     join programme_service s on s.programme_id = p.id and s.programme_version = p.programme_version
     where p.id = $1 and s.service_code = $2`,
    [programmeId, serviceCode],
  );
  return found;
}

/** Takes a place within the limit, or none at all: the row's condition decides, however many ask at once (art. 42(2)). */
export async function takePlace({ query }: Query, place: Place): Promise<void> {
  const { itemId, personId, programmeId, serviceCode } = place;
  const [held] = await query(
    `insert into service_place (item_id, person_id, programme_id, service_code) values ($1, $2, $3, $4)
     on conflict do nothing returning item_id`,
    [itemId, personId, programmeId, serviceCode],
  );
  if (!held) throw new PlaceAlreadyHeld();
  const [counted] = await query(
    `update programme_service set taken = taken + 1
     where programme_id = $1 and service_code = $2 and taken < expected_persons returning taken`,
    [programmeId, serviceCode],
  );
  if (!counted) throw new LimitReached();
}

/** Gives a place back. One that an approved plan uses stays used, also after the plan. */
export async function freePlace({ query }: Query, { itemId, programmeId, serviceCode }: Place): Promise<void> {
  const [freed] = await query(
    'update service_place set released_at = now() where item_id = $1 and released_at is null and plan_id is null returning item_id',
    [itemId],
  );
  if (!freed) throw new PlaceInUse();
  await query('update programme_service set taken = taken - 1 where programme_id = $1 and service_code = $2', [
    programmeId,
    serviceCode,
  ]);
}

/** Order of the waiting list is the order of filing (programme's rule FILING_TIME). */
export async function enterWaitingList({ query }: Query, place: Place, filedAt: Date): Promise<void> {
  const { itemId, programmeId, serviceCode } = place;
  await query(
    'insert into waiting_list_entry (item_id, programme_id, service_code, filed_at) values ($1, $2, $3, $4)',
    [itemId, programmeId, serviceCode, filedAt],
  );
}

export async function leaveWaitingList({ query }: Query, itemId: string): Promise<void> {
  await query('delete from waiting_list_entry where item_id = $1', [itemId]);
}

export async function assertNobodyBefore({ query }: Query, place: Place, filedAt: Date): Promise<void> {
  const { itemId, programmeId, serviceCode } = place;
  const [earlier] = await query(
    `select item_id from waiting_list_entry
     where programme_id = $1 and service_code = $2 and (filed_at, item_id) < ($3, $4::uuid) limit 1`,
    [programmeId, serviceCode, filedAt, itemId],
  );
  if (earlier) throw new OthersWait();
}

/** Marks the places that an approved plan uses, each by one plan only. */
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
