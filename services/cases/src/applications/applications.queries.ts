import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { type Condition, given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import type { SealedRow } from '../access/sealed-row';
import { visibleTo } from '../access/visibility';
import type { StateFacts } from './application-facts.dto';
import type { ApplicationDetails, ApplicationState, ApplicationView, ListApplications } from './applications.dto';
import { ofPerson } from '../persons/standing';
import type { CompletionCall } from './completion-call';

@Injectable()
export class ApplicationQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  get(id: string, access: Access): Promise<ApplicationDetails> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('a.id = ?', id), ...visibleTo(access.caller));
      const [found] = await transaction.query<SealedDetails>(
        `select ${summary}, ${details} from application a ${sql}`,
        values,
      );
      if (!found) throw new NotFound('application');
      const { personId, facts, missing } = found;
      const isOpened = facts !== null || missing !== null;
      const view = isOpened
        ? opened(found, await this.personalData.row(transaction, personId, 'application', id))
        : opened(found);
      const fieldGroups = isOpened ? ['APPLICATION', 'STATED_FACTS'] : ['APPLICATION'];
      await this.personalData.record(transaction, 'READ', access, { personId, fieldGroups, caseRef: id });
      return view;
    });
  }

  /** Ids, codes and dates only; who the persons are is another question, and that one is logged. */
  async list(
    { state, personId, coordinator, after, limit = defaultLimit }: ListApplications,
    caller: Principal,
  ): Promise<Page<ApplicationView>> {
    const filters = [
      ...ofPerson('a.person_id', personId),
      ...given('a.coordinator = ?', coordinator),
      ...inState(state),
      ...given('a.id > ?', cursorId(after)),
    ];
    const { sql, values } = where(...filters, ...visibleTo(caller));
    const text = `select ${summary} from application a ${sql} order by a.id limit $${values.length + 1}`;
    return pageOf(await this.dataSource.query<ApplicationView[]>(text, [...values, limit + 1]), limit, (row) => [
      row.id,
    ]);
  }
}

// Only while nothing is decided does the recognition say more than the items do.
const derivedState = `case when a.state <> 'SUBMITTED' then a.state
  else coalesce((select case r.state when 'SCHEDULED' then 'IN_RECOGNITION' else 'ASSESSED' end
                 from needs_recognition r where r.application_id = a.id), 'SUBMITTED') end`;

const summary = `a.id, a.version, a.person_id as "personId", a.applicant_role as "applicantRole", a.channel,
  a.filed_at as "filedAt", a.clause_version as "clauseVersion", a.coordinator, ${derivedState} as state, a.items`;
const details = `a.applicant_person_id as "applicantPersonId", a.clause_shown as "clauseShown", a.need_report_id as "needReportId",
  a.completion_call as "completionCall", a.missing, a.delays, a.facts, a.imported_from as "importedFrom"`;

interface SealedDetails extends Omit<ApplicationDetails, 'completionCall' | 'facts'> {
  readonly completionCall: CompletionCall | null;
  readonly missing: Buffer | null;
  readonly facts: Buffer | null;
}

function opened({ missing, facts, completionCall, ...found }: SealedDetails, row?: SealedRow): ApplicationDetails {
  const call = completionCall && {
    ...completionCall,
    missing: row && missing ? row.openJson<string[]>('missing', missing) : [],
  };
  return { ...found, completionCall: call, facts: row && facts ? row.openJson<StateFacts>('facts', facts) : null };
}

/** The stored state first, because it is indexed. */
function inState(state: ApplicationState | undefined): Condition[] {
  const refined = state === 'SUBMITTED' || state === 'IN_RECOGNITION' || state === 'ASSESSED';
  if (!refined) return given('a.state = ?', state);
  return [...given('a.state = ?', 'SUBMITTED'), ...given(`${derivedState} = ?`, state)];
}
