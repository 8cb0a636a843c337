import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { visibleTo } from '../access/visibility';
import type { AllocationView, ListAllocations } from './allocations.dto';

/** Ids, codes and counts; who the person is stays behind `GET /persons/{id}`, which is logged. */
@Injectable()
export class AllocationQueries {
  constructor(private readonly dataSource: DataSource) {}

  async get(id: string, caller: Principal): Promise<AllocationView> {
    const { sql, values } = where(...given('id = ?', id), ...visibleTo(caller));
    const [view] = await this.dataSource.query<AllocationView[]>(`${select} ${sql}`, values);
    if (!view) throw new NotFound('allocation');
    return view;
  }

  async list(
    { planId, after, limit = defaultLimit }: ListAllocations,
    caller: Principal,
  ): Promise<Page<AllocationView>> {
    const { sql, values } = where(
      ...given('plan_id = ?', planId),
      ...given('id > ?', cursorId(after)),
      ...visibleTo(caller),
    );
    const text = `${select} ${sql} order by id limit $${values.length + 1}`;
    return pageOf(await this.dataSource.query<AllocationView[]>(text, [...values, limit + 1]), limit, (row) => [
      row.id,
    ]);
  }
}

const select = `
  select id, version, plan_id as "planId", person_id as "personId", item_id as "itemId", offer_id as "offerId",
         period_from as "from", period_to as "to", quantity, unit_of_measure as unit, state, provider_id as "providerId",
         attempt, order_id as "orderId", decline_reason as "declineReason", delivered_total as "deliveredTotal",
         started_on as "startedOn", completed_on as "completedOn"
  from allocation`;
