import type { Principal } from '@okienko/chassis/access';
import type { Page } from '@okienko/chassis/page';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { oneRow, pageOfRows } from '../rows.queries';
import { equal, visibleTo } from '../where';
import type { ListServiceOrders, ServiceOrderView } from './service-orders.dto';

const select = `select id, version, allocation_id as "allocationId", attempt, provider_id as "providerId",
  offer_id as "offerId", first_day as "from", last_day as "to", quantity, unit, state, answer_by as "answerBy",
  suspended_from as "suspendedFrom", cancel_reason as "cancelReason" from service_order`;

@Injectable()
export class ServiceOrderQueries {
  constructor(private readonly dataSource: DataSource) {}

  get(id: string, caller: Principal): Promise<ServiceOrderView> {
    return oneRow(this.dataSource, 'service order', select, [equal('id', id), visibleTo(caller, 'provider_id')]);
  }

  list(
    { state, allocationId, answerUntil, ...page }: ListServiceOrders,
    caller: Principal,
  ): Promise<Page<ServiceOrderView>> {
    return pageOfRows(
      this.dataSource,
      select,
      [
        equal('state', state),
        equal('allocation_id', allocationId),
        answerUntil === undefined ? undefined : ["state = 'RECEIVED' and answer_by <= ?", answerUntil],
        visibleTo(caller, 'provider_id'),
      ],
      page,
    );
  }
}
