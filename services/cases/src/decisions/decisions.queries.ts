import { Injectable } from '@nestjs/common';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import type { DecisionView } from './decisions.dto';

@Injectable()
export class DecisionQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  get(id: string, access: Access): Promise<DecisionView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', id), ...visibleTo(access.caller));
      const [found] = await transaction.query<SealedView>(`${select} ${sql}`, values);
      if (!found) throw new NotFound('decision');
      const { personId, applicationId } = found;
      const row = await this.personalData.row(transaction, personId, 'decision', id);
      const view = { ...found, reasons: row.open('reasons', found.reasons) };
      await this.personalData.record(transaction, 'READ', access, {
        personId,
        fieldGroups: ['DECISION'],
        caseRef: applicationId,
      });
      return view;
    });
  }
}

type SealedView = Omit<DecisionView, 'reasons'> & { readonly reasons: Buffer };

const select = `
  select id, version, kind, state, application_id as "applicationId", item_id as "itemId", person_id as "personId", number,
         legal_basis as "legalBasis", reasons, authorisation_id as "authorisationId", issued_by as "issuedBy",
         issued_on as "issuedOn", appeal_days as "appealDays", delivery, appeal, stands
  from decision`;
