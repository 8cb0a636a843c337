import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { type Condition, given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import { ofPerson } from '../persons/standing';
import type { ApplicationState, ApplicationView, ListApplications } from './applications.dto';

@Injectable()
export class ApplicationQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  get(id: string, access: Access): Promise<ApplicationView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('a.id = ?', id), ...visibleTo(access.caller));
      const [view] = await transaction.query<ApplicationView>(`${select} ${sql}`, values);
      if (!view) throw new NotFound('application');
      const { personId } = view;
      await this.personalData.record(transaction, 'READ', access, {
        personId,
        fieldGroups: ['APPLICATION'],
        caseRef: id,
      });
      return view;
    });
  }

  /** Ids, codes and dates only; who the persons are is another question, and that one is logged. */
  async list(
    { state, personId, after, limit = defaultLimit }: ListApplications,
    caller: Principal,
  ): Promise<Page<ApplicationView>> {
    const filters = [...ofPerson('a.person_id', personId), ...inState(state), ...given('a.id > ?', cursorId(after))];
    const { sql, values } = where(...filters, ...visibleTo(caller));
    const text = `${select} ${sql} order by a.id limit $${values.length + 1}`;
    return pageOf(await this.dataSource.query<ApplicationView[]>(text, [...values, limit + 1]), limit, (row) => [
      row.id,
    ]);
  }
}

// Only while nothing is decided does the recognition say more than the items do.
const derivedState = `case when a.state <> 'SUBMITTED' then a.state
  else coalesce((select case r.state when 'SCHEDULED' then 'IN_RECOGNITION' else 'ASSESSED' end
                 from needs_recognition r where r.application_id = a.id), 'SUBMITTED') end`;

const select = `
  select a.id, a.version, a.person_id as "personId", a.applicant_role as "applicantRole", a.channel, a.filed_at as "filedAt",
         a.clause_version as "clauseVersion", ${derivedState} as state, a.items
  from application a`;

/** The stored state first, because it is indexed. */
function inState(state: ApplicationState | undefined): Condition[] {
  const refined = state === 'SUBMITTED' || state === 'IN_RECOGNITION' || state === 'ASSESSED';
  if (!refined) return given('a.state = ?', state);
  return [...given('a.state = ?', 'SUBMITTED'), ...given(`${derivedState} = ?`, state)];
}
