import type { Principal } from '@okienko/chassis/access';
import type { Page } from '@okienko/chassis/page';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { oneRow, pageOfRows } from '../rows.queries';
import { equal, visibleTo } from '../where';
import type { DeliveryView, ListDeliveries } from './deliveries.dto';

const select = `select id, version, order_id as "orderId", allocation_id as "allocationId",
  provider_id as "providerId", delivered_on as "deliveredOn", quantity, unit, state,
  accepted_by as "acceptedBy" from delivery`;

@Injectable()
export class DeliveryQueries {
  constructor(private readonly dataSource: DataSource) {}

  get(id: string, caller: Principal): Promise<DeliveryView> {
    return oneRow(this.dataSource, 'delivery', select, [equal('id', id), visibleTo(caller, 'provider_id')]);
  }

  list({ orderId, ...page }: ListDeliveries, caller: Principal): Promise<Page<DeliveryView>> {
    return pageOfRows(this.dataSource, select, [equal('order_id', orderId), visibleTo(caller, 'provider_id')], page);
  }
}
