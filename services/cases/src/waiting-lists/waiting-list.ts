import { NotFound, NotInState } from '@okienko/contracts/domain-error';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { Application } from '../applications/application';
import type { ApplicationItem } from '../applications/application-item';
import { OthersWait } from '../programmes/places';
import type { Turn } from './turn';
import { lockList } from './lock-list';
import { WaitingListEntry } from './waiting-list-entry';

/**
 * SQL: the order of a waiting list `e`. Time of filing, then rank of priority, then id of the item. Whoever was put ahead of another stands
 * beside that one (`tie`), a nudge before.
 */
export const inOrder = 'e.queued_at, e.rank, e.tie, e.nudge, e.item_id';

/** Enters an item that has to wait. The service's row is locked. */
export function enterWaitingList(work: Work, application: Application, itemId: string, turn: Turn): void {
  const { id, personId, unit, terc } = application;
  const { offerId, programmeId, serviceCode } = application.item(itemId);
  work.send(
    `insert into waiting_list_entry
       (item_id, application_id, person_id, offer_id, programme_id, service_code, unit, terc, filed_at, rank, priority_code)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [itemId, id, personId, offerId, programmeId, serviceCode, unit, terc, turn.filedAt, turn.rank, turn.priorityCode],
  );
}

/** The place that is held for the item becomes its own, if there is one; it is counted already. */
export async function claimHeldPlace({ query }: Work, itemId: string): Promise<boolean> {
  const claimed = await query(
    'delete from waiting_list_entry where item_id = $1 and offered_on is not null returning item_id',
    [itemId],
  );
  return claimed.length > 0;
}

/** Nobody is passed over. Whoever is on the list has their own turn, anybody else the one that they would have there. */
export async function assertNobodyBefore(
  { query }: Work,
  application: Application,
  itemId: string,
  turn: Turn,
): Promise<void> {
  const { programmeId, serviceCode } = application.item(itemId);
  const [before] = await query(
    `select from (select 1) one left join waiting_list_entry m on m.item_id = $3
     where exists (
       select from waiting_list_entry e
       where e.programme_id = $1 and e.service_code = $2
         and (${inOrder}) < (coalesce(m.queued_at, $4), coalesce(m.rank, $5), coalesce(m.tie, $3), coalesce(m.nudge, 0), $3::uuid))`,
    [programmeId, serviceCode, itemId, turn.filedAt, turn.rank],
  );
  if (before) throw new OthersWait();
}

type Queue = Pick<WaitingListEntry, 'id' | 'programmeId' | 'serviceCode'>;

/** SQL: entries with their positions, 1 being the first; whoever is offered a place waits for nobody. Ask for one service at a time. */
export const positioned = `
  select e.*, case when e.offered_on is null then
    row_number() over (partition by e.programme_id, e.service_code, e.offered_on is null order by ${inOrder})::int end as position
  from waiting_list_entry e`;

export async function positionOf({ query }: Work, { id, programmeId, serviceCode }: Queue): Promise<number> {
  const [found] = await query<{ position: number | null }>(
    `select position from (${positioned}) e where programme_id = $1 and service_code = $2 and id = $3`,
    [programmeId, serviceCode, id],
  );
  return found?.position ?? 0;
}

/** Puts an entry right before the one that stands at a position, whatever the two were ordered by. */
export function putBefore({ send }: Work, { id, programmeId, serviceCode }: Queue, position: number): void {
  send(
    `with list as (select * from (${positioned}) e where programme_id = $1 and service_code = $2)
     update waiting_list_entry moved
     set queued_at = next.queued_at, rank = next.rank, tie = next.tie,
         nudge = coalesce((last.nudge + next.nudge) * 0.5, next.nudge - 1)
     from list next
     left join list last on last.position = next.position - 1
       and (last.queued_at, last.rank, last.tie) = (next.queued_at, next.rank, next.tie)
     where moved.id = $3 and next.position = $4`,
    [programmeId, serviceCode, id, position],
  );
}

/** The entry of an item that waits, under the lock of its service. */
export async function loadEntry(work: Work, item: ApplicationItem): Promise<WaitingListEntry> {
  if (item.state !== 'WAITLISTED') throw new NotInState('item', 'treated as waiting', item.state);
  await lockList(work, item);
  const [entry] = await work.query<{ id: string }>('select id from waiting_list_entry where item_id = $1', [item.id]);
  if (!entry) throw new NotFound('entry of the waiting list');
  return work.load(WaitingListEntry, entry.id);
}
