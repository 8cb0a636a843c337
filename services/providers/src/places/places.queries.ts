import type { Principal } from '@okienko/chassis/access';
import type { Page } from '@okienko/chassis/page';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { oneRow, pageOfRows } from '../rows.queries';
import { equal, visibleTo } from '../where';
import type { ListPlaces, PlaceView } from './places.dto';

const select = `select id, version, provider_id as "providerId", name, address, terc, latitude, longitude, accessibility,
  closed_on as "closedOn" from place`;

@Injectable()
export class PlaceQueries {
  constructor(private readonly dataSource: DataSource) {}

  get(id: string, caller: Principal): Promise<PlaceView> {
    return oneRow(this.dataSource, 'place', select, [equal('id', id), visibleTo(caller, 'provider_id')]);
  }

  list({ providerId, ...page }: ListPlaces, caller: Principal): Promise<Page<PlaceView>> {
    const asked = [equal('provider_id', providerId), visibleTo(caller, 'provider_id')];
    return pageOfRows(this.dataSource, select, asked, page);
  }
}
