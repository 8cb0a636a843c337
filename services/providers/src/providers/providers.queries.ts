import type { Principal } from '@okienko/chassis/access';
import type { Page } from '@okienko/chassis/page';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { oneRow, pageOfRows } from '../rows.queries';
import { type Condition, equal, visibleTo } from '../where';
import type { ListProviders, ProviderView } from './providers.dto';

const select = `select id, version, kind, name, nip, regon, krs, rpwdl, terc, address, services, permits, verification, verdict,
  verified_until as "verifiedUntil", deactivation from provider`;

const performing = (offerId?: string): Condition =>
  offerId === undefined ? undefined : ['services @> ?::jsonb', JSON.stringify([{ offerId }])];

@Injectable()
export class ProviderQueries {
  constructor(private readonly dataSource: DataSource) {}

  get(id: string, caller: Principal): Promise<ProviderView> {
    return oneRow(this.dataSource, 'provider', select, [equal('id', id), visibleTo(caller, 'id')]);
  }

  list({ verification, offerId, ...page }: ListProviders, caller: Principal): Promise<Page<ProviderView>> {
    const asked = [equal('verification', verification), performing(offerId)];
    return pageOfRows(this.dataSource, select, [...asked, visibleTo(caller, 'id')], page);
  }
}
