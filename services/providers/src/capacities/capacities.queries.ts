import type { Principal } from '@okienko/chassis/access';
import type { Page } from '@okienko/chassis/page';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { pageOfRows } from '../rows.queries';
import { equal, visibleTo } from '../where';
import type { CapacityView, ListCapacities } from './capacities.dto';

const select = `select id, version, provider_id as "providerId", offer_id as "offerId", first_day as "from",
  last_day as "to", places, free from capacity`;

@Injectable()
export class CapacityQueries {
  constructor(private readonly dataSource: DataSource) {}

  list({ offerId, providerId, ...page }: ListCapacities, caller: Principal): Promise<Page<CapacityView>> {
    const asked = [equal('offer_id', offerId), equal('provider_id', providerId)];
    return pageOfRows(this.dataSource, select, [...asked, visibleTo(caller, 'provider_id')], page);
  }
}
