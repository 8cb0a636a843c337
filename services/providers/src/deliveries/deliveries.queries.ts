import type { Principal } from '@okienko/chassis/access';
import type { Page } from '@okienko/chassis/page';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { oneRow, pageOfRows } from '../rows.queries';
import { equal, visibleTo } from '../where';
import type { DeliveryVersionView, DeliveryView, ListDeliveries } from './deliveries.dto';

const content = `delivered_on as "deliveredOn", quantity, started_at as "startedAt", ended_at as "endedAt",
  performer_id as "performerId", place_id as "placeId", outcome, absence_cause as "absenceCause"`;

const select = `select id, version, order_id as "orderId", allocation_id as "allocationId",
  provider_id as "providerId", ${content}, unit, state, accepted_by as "acceptedBy", confirmed_by as "confirmedBy",
  dispute_cause as "disputeCause", reject_reason as "rejectReason", beyond_quota as "beyondQuota" from delivery`;

const versions = `select version, ${content}, replaced_at as "replacedAt", replaced_by as "replacedBy"
  from delivery_version where delivery_id = $1 order by version`;

@Injectable()
export class DeliveryQueries {
  constructor(private readonly dataSource: DataSource) {}

  get(id: string, caller: Principal): Promise<DeliveryView> {
    return oneRow(this.dataSource, 'delivery', select, [equal('id', id), visibleTo(caller, 'provider_id')]);
  }

  /** What was recorded before each correction, the oldest first. */
  async versions(id: string, caller: Principal): Promise<{ items: DeliveryVersionView[] }> {
    await this.get(id, caller);
    return { items: await this.dataSource.query<DeliveryVersionView[]>(versions, [id]) };
  }

  list(
    { orderId, performerId, state, from, to, ...page }: ListDeliveries,
    caller: Principal,
  ): Promise<Page<DeliveryView>> {
    return pageOfRows(
      this.dataSource,
      select,
      [
        equal('order_id', orderId),
        equal('performer_id', performerId),
        equal('state', state),
        from === undefined ? undefined : ['delivered_on >= ?', from],
        to === undefined ? undefined : ['delivered_on <= ?', to],
        visibleTo(caller, 'provider_id'),
      ],
      page,
    );
  }
}
