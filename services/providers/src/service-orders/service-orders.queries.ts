import type { Principal } from '@okienko/chassis/access';
import type { Page } from '@okienko/chassis/page';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { oneRow, pageOfRows } from '../rows.queries';
import { equal, visibleTo } from '../where';
import type { ListServiceOrders, ServiceOrderView } from './service-orders.dto';

const select = `select id, version, allocation_id as "allocationId", attempt, provider_id as "providerId",
  offer_id as "offerId", first_day as "from", last_day as "to", quantity, unit, state, answer_by as "answerBy",
  suspended_from as "suspendedFrom", cancel_reason as "cancelReason",
  schedule_code as "scheduleCode", place_id as "placeId", requests from service_order`;

/** What each side has been asked by the other, and has not answered. */
const asked = {
  PROVIDER: { state: 'OPEN', raisedBy: 'CENTRE' },
  CENTRE: { state: 'OPEN', raisedBy: 'PROVIDER' },
} as const;

@Injectable()
export class ServiceOrderQueries {
  constructor(private readonly dataSource: DataSource) {}

  get(id: string, caller: Principal): Promise<ServiceOrderView> {
    return oneRow(this.dataSource, 'service order', select, [equal('id', id), visibleTo(caller, 'provider_id')]);
  }

  /** For whoever holds the order's token, as long as that is the newest and has not been taken back. */
  getByToken(id: string, tokenId: string): Promise<ServiceOrderView> {
    const token = JSON.stringify({ id: tokenId, revoked: false });
    return oneRow(this.dataSource, 'service order', select, [equal('id', id), ['answer_token @> ?::jsonb', token]]);
  }

  list(
    { state, allocationId, answerUntil, awaiting, ...page }: ListServiceOrders,
    caller: Principal,
  ): Promise<Page<ServiceOrderView>> {
    return pageOfRows(
      this.dataSource,
      select,
      [
        equal('state', state),
        equal('allocation_id', allocationId),
        answerUntil === undefined ? undefined : ["state = 'RECEIVED' and answer_by <= ?", answerUntil],
        awaiting === undefined ? undefined : ['requests @> ?::jsonb', JSON.stringify([asked[awaiting]])],
        visibleTo(caller, 'provider_id'),
      ],
      page,
    );
  }
}
