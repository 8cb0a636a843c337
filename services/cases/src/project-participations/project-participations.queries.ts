import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import { ofPerson } from '../persons/standing';
import { openAnswers, type SealedAnswers, sealedAnswers } from './participation-answers';
import type { ListParticipations, ParticipationSummary, ParticipationView } from './project-participations.dto';

@Injectable()
export class ProjectParticipationQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  get(id: string, access: Access): Promise<ParticipationView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', id), ...visibleTo(access.caller));
      const [found] = await transaction.query<Omit<ParticipationView, 'indicators'> & SealedAnswers>(
        `select ${summary}, started_by as "startedBy", ${sealedAnswers} from project_participation ${sql}`,
        values,
      );
      if (!found) throw new NotFound('project participation');
      const { ENTRY, EXIT, FOUR_WEEKS_AFTER, ...participation } = found;
      const { personId } = participation;
      const row = await this.personalData.row(transaction, personId, 'project_participation', id);
      const indicators = openAnswers(row, { ENTRY, EXIT, FOUR_WEEKS_AFTER });
      const touched = { personId, fieldGroups: ['PROJECT_INDICATORS'], caseRef: id };
      await this.personalData.record(transaction, 'READ', access, touched);
      return { ...participation, indicators };
    });
  }

  /** Ids, codes and dates only. */
  async list(
    { projectId, personId, after, limit = defaultLimit }: ListParticipations,
    caller: Principal,
  ): Promise<Page<ParticipationSummary>> {
    const { sql, values } = where(
      ...given('project_id = ?', projectId),
      ...ofPerson('person_id', personId),
      ...given('id > ?', cursorId(after)),
      ...visibleTo(caller),
    );
    const text = `select ${summary} from project_participation ${sql} order by id limit $${values.length + 1}`;
    const rows = await this.dataSource.query<ParticipationSummary[]>(text, [...values, limit + 1]);
    return pageOf(rows, limit, (row) => [row.id]);
  }
}

const summary = `id, version, project_id as "projectId", person_id as "personId", application_id as "applicationId", state,
  declared_on as "declaredOn", statement_version as "statementVersion", terminated_on as "terminatedOn",
  reason_code as "reasonCode", legal_hold as "legalHold"`;
