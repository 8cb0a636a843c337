import { Injectable } from '@nestjs/common';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction, type Transaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { type Condition, given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import { ofPerson } from '../persons/standing';
import type { Particulars } from './external-case';
import type { ExternalCases, ExternalCaseView } from './external-cases.dto';

@Injectable()
export class ExternalCaseQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  get(id: string, access: Access): Promise<ExternalCaseView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const [found] = await this.read(transaction, given('id = ?', id), access);
      if (!found) throw new NotFound('external case');
      return found;
    });
  }

  /** Also those of a record that was merged. */
  ofPerson(personId: string, access: Access): Promise<ExternalCases> {
    return inTransaction(this.dataSource, async (transaction) => ({
      items: await this.read(transaction, ofPerson('person_id', personId), access),
    }));
  }

  private async read(transaction: Transaction, which: Condition[], access: Access): Promise<ExternalCaseView[]> {
    const { sql, values } = where(...which, ...visibleTo(access.caller));
    const items: ExternalCaseView[] = [];
    for (const { particulars, ...found } of await transaction.query<Sealed>(`${select} ${sql} order by id`, values)) {
      const row = await this.personalData.row(transaction, found.personId, 'external_case', found.id);
      items.push({ ...found, ...row.openJson<Particulars>('particulars', particulars) });
    }
    const touched = items.map(
      ({ id, personId }) => ({ act: 'READ', personId, fieldGroups: ['EXTERNAL_CASE'], caseRef: id }) as const,
    );
    await this.personalData.recordAll(transaction, access, touched);
    return items;
  }
}

type Sealed = Omit<ExternalCaseView, keyof Particulars> & { readonly particulars: Buffer };

const select = `
  select id, version, unit, person_id as "personId", system, particulars, status, from_day as "from", to_day as "to",
         recorded_by as "recordedBy"
  from external_case`;
