import { Injectable } from '@nestjs/common';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import type { Restriction } from './person';
import type { RestrictionInForce } from './restrictions.dto';
import { effectsOf, runningFor } from './running';

@Injectable()
export class RestrictionQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  /** The restriction, what follows from it, and what goes on all the same today. */
  of(personId: string, access: Access): Promise<RestrictionInForce> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', personId), ...visibleTo(access.caller, 'id = any(?::uuid[])'));
      const [person] = await transaction.query<{ restriction: Restriction | null }>(
        `select restriction from person ${sql}`,
        values,
      );
      if (!person?.restriction) throw new NotFound('restriction');
      const { ground, since } = person.restriction;
      const running = await runningFor(transaction, personId);
      await this.personalData.record(transaction, 'READ', access, { personId, fieldGroups: ['RESTRICTION'] });
      return { personId, ground, since, effects: effectsOf(personId), running };
    });
  }
}
