import { Injectable } from '@nestjs/common';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import type { PersonMerges, PersonMergeView } from './person-merges.dto';

@Injectable()
export class PersonMergeQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  /** Who merged what, when, on what evidence, why, and what went over; also merges that were reversed. */
  of(id: string, access: Access): Promise<PersonMerges> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', id), ...visibleTo(access.caller, 'id = any(?::uuid[])'));
      const [person] = await transaction.query(`select id from person ${sql}`, values);
      if (!person) throw new NotFound('person');
      const items: PersonMergeView[] = [];
      for (const { reason, reversalReason, ...merge } of await transaction.query<Sealed>(select, [id])) {
        const row = await this.personalData.row(transaction, merge.survivorId, 'person_merge', merge.id);
        items.push({
          ...merge,
          reason: row.open('reason', reason),
          reversalReason: row.openIfGiven('reversal_reason', reversalReason),
        });
      }
      await this.personalData.record(transaction, 'READ', access, { personId: id, fieldGroups: ['IDENTITY'] });
      return { items };
    });
  }
}

type Sealed = Omit<PersonMergeView, 'reason' | 'reversalReason'> & {
  readonly reason: Buffer;
  readonly reversalReason: Buffer | null;
};

const select = `
  select id, survivor_id as "survivorId", duplicate_id as "duplicateId", merged_at as "mergedAt", merged_by as "mergedBy", evidence, reason,
         moved_identifier is not null as "identifierMoved", moved_places as "placesMoved", reversed_at as "reversedAt",
         reversed_by as "reversedBy", reversal_reason as "reversalReason"
  from person_merge where $1 in (survivor_id, duplicate_id) order by id`;
