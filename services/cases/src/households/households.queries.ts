import { Injectable } from '@nestjs/common';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction, type Transaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { type Condition, given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import { recordsOf } from '../persons/standing';
import type { HouseholdView, Households } from './households.dto';

@Injectable()
export class HouseholdQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  get(id: string, access: Access): Promise<HouseholdView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const [household] = await this.read(transaction, given('id = ?', id), access);
      if (!household) throw new NotFound('household');
      return household;
    });
  }

  /** Present and past, also those of a record that was merged. */
  ofPerson(personId: string, access: Access): Promise<Households> {
    const theirs = `id in (select household_id from household_member where person_id in (${recordsOf}))`;
    return inTransaction(this.dataSource, async (transaction) => ({
      items: await this.read(transaction, given(theirs, personId), access),
    }));
  }

  private async read(transaction: Transaction, which: Condition[], access: Access): Promise<HouseholdView[]> {
    const { sql, values } = where(...which, ...visibleTo(access.caller, theirHousehold));
    const found = await transaction.query<HouseholdView>(
      `select id, version, unit, members from household ${sql} order by id`,
      values,
    );
    const touched = found.flatMap(({ id, members }) =>
      members.map(({ personId }) => ({ act: 'READ', personId, fieldGroups: ['HOUSEHOLD'], caseRef: id }) as const),
    );
    await this.personalData.recordAll(transaction, access, touched);
    return found;
  }
}

const theirHousehold = 'id in (select household_id from household_member where person_id = any(?::uuid[]))';
