import type { Page } from '@okienko/chassis/page';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { pageOfRows } from '../rows.queries';
import { equal } from '../where';
import type { ListRequiredQualifications, RequiredQualificationView } from './required-qualifications.dto';

const select = `select id, version, offer_id as "offerId", code, basis, first_day as "from", last_day as "to"
  from required_qualification`;

/** Everyone who performs services may know what they need for it. */
@Injectable()
export class RequiredQualificationQueries {
  constructor(private readonly dataSource: DataSource) {}

  list({ offerId, ...page }: ListRequiredQualifications): Promise<Page<RequiredQualificationView>> {
    return pageOfRows(this.dataSource, select, [equal('offer_id', offerId)], page);
  }
}
