import { Injectable } from '@nestjs/common';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import type { NeedsRecognitionView } from './needs-recognitions.dto';

@Injectable()
export class NeedsRecognitionQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  get(id: string, access: Access): Promise<NeedsRecognitionView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', id), ...visibleTo(access.caller));
      const [found] = await transaction.query<SealedView>(`${select} ${sql}`, values);
      if (!found) throw new NotFound('needs recognition');
      const { personId, applicationId } = found;
      const row = await this.personalData.row(transaction, personId, 'needs_recognition', id);
      const view = {
        ...found,
        sections:
          found.sections && row.openJson<NonNullable<NeedsRecognitionView['sections']>>('sections', found.sections),
      };
      await this.personalData.record(transaction, 'READ', access, {
        personId,
        fieldGroups: ['NEEDS'],
        caseRef: applicationId,
      });
      return view;
    });
  }
}

type SealedView = Omit<NeedsRecognitionView, 'sections'> & { readonly sections: Buffer | null };

const select = `
  select id, version, application_id as "applicationId", person_id as "personId", state, scheduled_for as "scheduledFor",
         place, recorded_by as "recordedBy", recorded_at as "recordedAt", sections
  from needs_recognition`;
