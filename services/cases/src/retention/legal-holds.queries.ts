import { Injectable } from '@nestjs/common';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import { ofPerson } from '../persons/standing';
import type { HoldView, ListHolds } from './legal-holds.dto';

@Injectable()
export class LegalHoldQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  get(id: string, access: Access): Promise<HoldView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', id), ...visibleTo(access.caller));
      const [view] = await transaction.query<HoldView>(`${select} ${sql}`, values);
      if (!view) throw new NotFound('legal hold');
      const touched = { personId: view.personId, fieldGroups: ['RETENTION'] };
      await this.personalData.record(transaction, 'READ', access, touched);
      return view;
    });
  }

  list({ personId, after, limit = defaultLimit }: ListHolds, access: Access): Promise<Page<HoldView>> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(
        ...ofPerson('person_id', personId),
        ...given('id > ?', cursorId(after)),
        ...visibleTo(access.caller),
      );
      const text = `${select} ${sql} order by id limit $${values.length + 1}`;
      const rows = await transaction.query<HoldView>(text, [...values, limit + 1]);
      const page = pageOf(rows, limit, (row) => [row.id]);
      const touched = page.items.map((hold) => ({ personId: hold.personId, fieldGroups: ['RETENTION'] }));
      await this.personalData.recordAll(
        transaction,
        access,
        touched.map((one) => ({ act: 'READ', ...one }) as const),
      );
      return page;
    });
  }
}

const select = `
  select id, version, unit, person_id as "personId", kind, placed_by as "placedBy", placed_on as "placedOn",
         ended_by as "endedBy", ended_on as "endedOn", reason_code as "reasonCode"
  from legal_hold`;
