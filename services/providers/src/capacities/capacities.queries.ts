import type { Principal } from '@okienko/chassis/access';
import type { Page, PageQuery } from '@okienko/chassis/page';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { oneRow, pageOfRows } from '../rows.queries';
import { equal, visibleTo } from '../where';
import type { CapacityView, ListCapacities } from './capacities.dto';
import type { HoldView } from './capacity-holds.dto';

const select = `select id, version, provider_id as "providerId", offer_id as "offerId", first_day as "from", last_day as "to", places,
  free, heads, (select count(*)::int from capacity_head h where h.capacity_id = capacity.id) as "headsCounted", place_id as "placeId",
  coordinates, hours, exceptions, quotas, closed_on as "closedOn", close_reason as "closeReason" from capacity`;

const selectHolds = `select id, holder as "holderRef", order_id as "orderId", first_day as "from", last_day as "to", quantity, unit,
  expires_at as "expiresAt" from capacity_reservation`;

@Injectable()
export class CapacityQueries {
  constructor(private readonly dataSource: DataSource) {}

  get(id: string, caller: Principal): Promise<CapacityView> {
    return oneRow(this.dataSource, 'capacity', select, [equal('id', id), visibleTo(caller, 'provider_id')]);
  }

  list({ offerId, providerId, ...page }: ListCapacities, caller: Principal): Promise<Page<CapacityView>> {
    const asked = [equal('offer_id', offerId), equal('provider_id', providerId)];
    return pageOfRows(this.dataSource, select, [...asked, visibleTo(caller, 'provider_id')], page);
  }

  /** Whoever has a place: orders, and what is held. */
  async holds(id: string, page: PageQuery, caller: Principal): Promise<Page<HoldView>> {
    await this.get(id, caller);
    const live = 'capacity_id = ? and (expires_at is null or expires_at > clock_timestamp())';
    return pageOfRows(this.dataSource, selectHolds, [[live, id]], page);
  }
}
