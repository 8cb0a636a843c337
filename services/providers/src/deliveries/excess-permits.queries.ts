import type { Principal } from '@okienko/chassis/access';
import type { Page, PageQuery } from '@okienko/chassis/page';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { oneRow, pageOfRows } from '../rows.queries';
import { equal, visibleTo } from '../where';
import type { ExcessPermitView } from './excess-permits.dto';

const select = `select id, version, order_id as "orderId", quantity, unit, covers, reason_code as "reasonCode",
  given_by as "givenBy", given_on as "givenOn" from excess_permit`;

@Injectable()
export class ExcessPermitQueries {
  constructor(private readonly dataSource: DataSource) {}

  async list(orderId: string, page: PageQuery, caller: Principal): Promise<Page<ExcessPermitView>> {
    const own = visibleTo(caller, 'provider_id');
    const permits = await pageOfRows<ExcessPermitView>(
      this.dataSource,
      select,
      [equal('order_id', orderId), own],
      page,
    );
    await oneRow(this.dataSource, 'service order', 'select id from service_order', [equal('id', orderId), own]);
    return permits;
  }
}
