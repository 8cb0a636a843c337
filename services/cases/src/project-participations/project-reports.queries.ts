import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction, type Transaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, DataErased, PersonalData } from '../access/personal-data';
import { SealedRow } from '../access/sealed-row';
import { maySee, unitOf, visibleTo } from '../access/visibility';
import { isInside } from '../case-load/case-load';
import { daysOf, halfYearBefore } from '../case-load/period';
import type { GivenIdentifier } from '../persons/identifier';
import type { Indicator } from '../projects/indicator';
import { allIndicators } from '../projects/project';
import { termsOn } from '../terms/statutory-terms';
import { exportColumns, type Participant, valueOf } from './export-columns';
import { openAnswers, type SealedAnswers, sealedAnswers } from './participation-answers';
import { figuresOf } from './project-figures';
import type { AskForProjectFigures, ParticipantsExport, ProjectFigures } from './project-reports.dto';

@Injectable()
export class ProjectReportQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  figures(projectId: string, asked: AskForProjectFigures, caller: Principal): Promise<ProjectFigures> {
    const { unit = unitOf(caller), moment = 'ENTRY' } = asked;
    if (!maySee(caller, { unit })) throw new NotFound('unit');
    const today = dayOf(this.clock.now());
    const inside = isInside(caller, unit);
    const until = inside ? today : daysOf(halfYearBefore(today)).to;
    return inTransaction(this.dataSource, async (transaction) => {
      const { indicators } = await projectOf(transaction, projectId);
      const rows = await transaction.query<Sealed>(countedPersons, [projectId, unit, until]);
      const answers = [];
      for (const row of rows) answers.push((await this.opened(transaction, row)).answers[moment]);
      const told = indicators.filter(({ askedAt }) => askedAt.includes(moment));
      const figures = figuresOf(told, answers, inside ? undefined : termsOn(today).smallestFigure);
      return { projectId, unit, moment, until, ...figures };
    });
  }

  participants(projectId: string, access: Access): Promise<ParticipantsExport> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { code, indicators } = await projectOf(transaction, projectId);
      const columns = exportColumns(indicators);
      const { sql, values } = where(...given('project_id = ?', projectId), ...visibleTo(access.caller, null));
      const found = await transaction.query<Sealed>(`${selectParticipants} ${sql} order by id`, values);
      const rows = [];
      for (const row of found) {
        const participant = await this.opened(transaction, row);
        rows.push(columns.map((column) => valueOf(column, participant)));
      }
      const fieldGroups = ['IDENTITY', 'PROJECT_INDICATORS'];
      const touched = found.map(({ personId, id }) => ({ act: 'EXPORT', personId, fieldGroups, caseRef: id }) as const);
      await this.personalData.recordAll(transaction, access, touched);
      return { projectCode: code, columns, rows };
    });
  }

  private async opened(transaction: Transaction, row: Sealed): Promise<Participant> {
    const { id: participationId, personId, terc, declaredOn, terminatedOn, reasonCode } = row;
    const participation = { participationId, terc, declaredOn, terminatedOn, reasonCode };
    try {
      const key = await this.personalData.keyOf(transaction, personId);
      const answers = openAnswers(new SealedRow(key, 'project_participation', participationId), row);
      return { participation, person: personOf(row, new SealedRow(key, 'person', personId)), answers };
    } catch (error) {
      if (!(error instanceof DataErased)) throw error;
      return { participation, person: null, answers: { ENTRY: null, EXIT: null, FOUR_WEEKS_AFTER: null } };
    }
  }
}

interface Sealed extends SealedAnswers {
  readonly id: string;
  readonly personId: string;
  readonly terc: string;
  readonly declaredOn: string;
  readonly terminatedOn: string | null;
  readonly reasonCode: string | null;
  readonly identifier: Buffer | null;
  readonly givenName: Buffer;
  readonly familyName: Buffer;
  readonly birthDate: Buffer | null;
}

function personOf({ identifier, givenName, familyName, birthDate }: Sealed, row: SealedRow): Participant['person'] {
  const known = identifier && row.openJson<GivenIdentifier>('identifier', identifier);
  return {
    pesel: known?.kind === 'PESEL' ? known.value : null,
    givenName: row.open('given_name', givenName),
    familyName: row.open('family_name', familyName),
    birthDate: row.openIfGiven('birth_date', birthDate),
  };
}

async function projectOf(transaction: Transaction, id: string): Promise<{ code: string; indicators: Indicator[] }> {
  const text = 'select code, indicators from project where id = $1';
  const [found] = await transaction.query<{ code: string; indicators: Indicator[] }>(text, [id]);
  if (!found) throw new NotFound('project');
  return { code: found.code, indicators: allIndicators(found.indicators) };
}

const participant = `id, person_id as "personId", terc, declared_on as "declaredOn", terminated_on as "terminatedOn",
  reason_code as "reasonCode", identifier, given_name as "givenName", family_name as "familyName",
  birth_date as "birthDate", ${sealedAnswers}`;

const withPersons = `from project_participation join (
    select id as person_id, coalesce(merged_into, id) as one, identifier, given_name, family_name, birth_date from person
  ) person using (person_id)`;

const selectParticipants = `select ${participant} ${withPersons}`;

/** Each person once, whichever of their records takes part. */
const countedPersons = `select distinct on (one) ${participant} ${withPersons}
  where project_id = $1 and unit = $2 and declared_on <= $3::date order by one, id`;
