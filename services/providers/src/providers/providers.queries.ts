import type { Principal } from '@okienko/chassis/access';
import type { Page, PageQuery } from '@okienko/chassis/page';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { oneRow, pageOfRows } from '../rows.queries';
import { equal, visibleTo } from '../where';
import type { ProviderView } from './providers.dto';

const select = 'select id, version, kind, name, nip, regon, krs, terc, address from provider';

@Injectable()
export class ProviderQueries {
  constructor(private readonly dataSource: DataSource) {}

  get(id: string, caller: Principal): Promise<ProviderView> {
    return oneRow(this.dataSource, 'provider', select, [equal('id', id), visibleTo(caller, 'id')]);
  }

  list(page: PageQuery, caller: Principal): Promise<Page<ProviderView>> {
    return pageOfRows(this.dataSource, select, [visibleTo(caller, 'id')], page);
  }
}
