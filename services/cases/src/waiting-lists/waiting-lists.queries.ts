import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorValues, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction, type Transaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { type Condition, given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import { waitingListTermsOn } from '../terms/waiting-list-terms';
import { estimateOf, type Freed } from './wait-estimate';
import { inOrder, positioned } from './waiting-list';
import type { ListWaiting, WaitingListEntryView, WaitingView } from './waiting-lists.dto';

interface Queue {
  readonly programmeId: string;
  readonly serviceCode: string;
}

@Injectable()
export class WaitingListQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  get(applicationId: string, itemId: string, access: Access): Promise<WaitingListEntryView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const visible = where(
        ...given('application_id = ?', applicationId),
        ...given('item_id = ?', itemId),
        ...visibleTo(access.caller),
      );
      const [queue] = await transaction.query<Queue>(
        `select programme_id as "programmeId", service_code as "serviceCode" from waiting_list_entry ${visible.sql}`,
        visible.values,
      );
      if (!queue) throw new NotFound('entry of the waiting list');
      const [view] = await transaction.query<Omit<WaitingListEntryView, 'estimate'>>(
        `select ${columns}, (select count(*)::int from waiting_list_entry w
           where w.programme_id = $1 and w.service_code = $2 and w.offered_on is null) as length
         from (${positioned}) e where e.programme_id = $1 and e.service_code = $2 and e.item_id = $3`,
        [queue.programmeId, queue.serviceCode, itemId],
      );
      if (!view) throw new NotFound('entry of the waiting list');
      const { personId, position } = view;
      const estimate = position === null ? null : estimateOf(position, await this.freed(transaction, queue));
      const touched = { personId, fieldGroups: ['APPLICATION'], caseRef: applicationId };
      await this.personalData.record(transaction, 'READ', access, touched);
      return { ...view, estimate };
    });
  }

  /** Ids, codes and dates only, in the order of the list. Positions count those of every unit; rows are those that the caller may see. */
  async list(
    { programmeId, serviceCode, after, limit = defaultLimit }: ListWaiting,
    caller: Principal,
  ): Promise<Page<WaitingView>> {
    const { sql, values } = where(
      ...given('e.programme_id = ?', programmeId),
      ...given('e.service_code = ?', serviceCode),
      ...visibleTo(caller),
      ...behind(after),
    );
    const rows = await this.dataSource.query<(WaitingView & { cursor: string[] })[]>(
      `select ${columns}, ${cursor} as cursor from (${positioned}) e ${sql} order by ${inOrder} limit $${values.length + 1}`,
      [...values, limit + 1],
    );
    const page = pageOf(rows, limit, (row) => row.cursor);
    return { ...page, items: page.items.map(({ cursor: _, ...view }) => view) };
  }

  private freed(transaction: Transaction, { programmeId, serviceCode }: Queue): Promise<Freed[]> {
    const today = dayOf(this.clock.now());
    return transaction.query<Freed>(
      `select days, (select count(*)::int from service_place p
         where p.programme_id = $1 and p.service_code = $2 and p.released_at >= $3::date - days) as places
       from unnest($4::int[]) days`,
      [programmeId, serviceCode, today, waitingListTermsOn(today).estimatedFrom],
    );
  }
}

const columns = `
  e.position, e.application_id as "applicationId", e.item_id as "itemId", e.person_id as "personId", e.offer_id as "offerId",
  e.filed_at as "filedAt", e.entered_at as "enteredAt", e.priority_code as "priorityCode", e.offered_on as "offeredOn",
  e.answer_by as "answerBy", e.decide_by as "decideBy"`;

// Whole numbers of microseconds, so that a cursor is as exact as the row.
const cursor = `array[(extract(epoch from e.queued_at) * 1000000)::bigint::text, e.rank::text, e.tie::text, e.nudge::text, e.item_id::text]`;

const shapes = [/^\d{1,17}$/, /^\d{1,6}$/, 'uuid', /^-?\d{1,50}(\.\d{1,500})?$/, 'uuid'] as const;

function behind(after: string | undefined): Condition[] {
  const values = cursorValues(after, shapes);
  if (values === undefined) return [];
  const sql = `(${inOrder}) > ('epoch'::timestamptz + ?::bigint * interval '1 microsecond', ?::int, ?::uuid, ?::numeric, ?::uuid)`;
  return [{ sql, values }];
}
