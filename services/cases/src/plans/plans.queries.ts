import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { SealedRow } from '../access/sealed-row';
import { visibleTo } from '../access/visibility';
import { ofPerson } from '../persons/standing';
import type { PlanItem, PlanTexts } from './plan-content';
import type { PlanUpdate } from './plan-update';
import type { ContactView, ListPlans, PlanContentView, PlanItemView, PlanSummary, PlanView } from './plans.dto';

@Injectable()
export class PlanQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
    private readonly clock: Clock,
  ) {}

  /** Approved plans whose first day has come; those approved later than it wait for the day after. */
  async toBegin(): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select id from individual_plan where state = 'APPROVED' and period_from <= $1 and approval ->> 'approvedOn' < $1::text
       order by period_from, id limit 500`,
      [dayOf(this.clock.now())],
    );
    return rows.map(({ id }) => id);
  }

  get(id: string, access: Access): Promise<PlanView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', id), ...visibleTo(access.caller));
      const [found] = await transaction.query<SealedView>(
        `select ${summary}, ${sealed} from individual_plan ${sql}`,
        values,
      );
      if (!found) throw new NotFound('individual plan');
      const { personId, applicationId } = found;
      const view = opened(found, await this.personalData.row(transaction, personId, 'individual_plan', id));
      await this.personalData.record(transaction, 'READ', access, {
        personId,
        fieldGroups: ['PLAN'],
        caseRef: applicationId,
      });
      return view;
    });
  }

  contacts(id: string, access: Access): Promise<{ items: ContactView[] }> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', id), ...visibleTo(access.caller));
      const [plan] = await transaction.query<{ personId: string; applicationId: string }>(
        `select person_id as "personId", application_id as "applicationId" from individual_plan ${sql}`,
        values,
      );
      if (!plan) throw new NotFound('individual plan');
      const { personId, applicationId } = plan;
      const rows = await transaction.query<Omit<ContactView, 'note'> & { note: Buffer | null }>(
        `select id, held_on as "heldOn", manner, outcome, note, recorded_by as "recordedBy", recorded_at as "recordedAt"
         from plan_contact where plan_id = $1 order by held_on, id`,
        [id],
      );
      const key = await this.personalData.keyOf(transaction, personId);
      const items = rows.map(({ note, ...contact }): ContactView => {
        const row = new SealedRow(key, 'plan_contact', contact.id);
        return { ...contact, note: row.openIfGiven('note', note) };
      });
      const touched = { personId, fieldGroups: ['PLAN'], caseRef: applicationId };
      await this.personalData.record(transaction, 'READ', access, touched);
      return { items };
    });
  }

  async list(
    { state, personId, applicationId, after, limit = defaultLimit }: ListPlans,
    caller: Principal,
  ): Promise<Page<PlanSummary>> {
    const filters = [
      ...ofPerson('person_id', personId),
      ...given('application_id = ?', applicationId),
      ...given('state = ?', state),
      ...given('id > ?', cursorId(after)),
    ];
    const { sql, values } = where(...filters, ...visibleTo(caller));
    const text = `select ${summary} from individual_plan ${sql} order by id limit $${values.length + 1}`;
    return pageOf(await this.dataSource.query<PlanSummary[]>(text, [...values, limit + 1]), limit, (row) => [row.id]);
  }
}

const summary = `id, version, person_id as "personId", application_id as "applicationId", state, drafter,
  coalesce(coordinator, drafter) as coordinator, plan_version as "planVersion", drafted_at as "draftedAt",
  draft_due_on as "draftDueOn", drafted_late as "draftedLate", period_from as "from", period_to as "to", agreement,
  return_reason as "returnReason", approval, ending, closing_talk as "closingTalk", closed_on as "closedOn", abandonment`;
const sealed = `items, texts, open_update as "openUpdate", open_update_texts as "openUpdateTexts", closing_note as "closingNote",
  description`;

interface SealedView extends PlanSummary {
  readonly items: readonly PlanItem[];
  readonly texts: Buffer;
  readonly openUpdate: PlanUpdate | null;
  readonly openUpdateTexts: Buffer | null;
  readonly closingNote: Buffer | null;
  readonly description: Buffer | null;
}

function opened({ texts, openUpdate, openUpdateTexts, ...found }: SealedView, row: SealedRow): PlanView {
  return {
    ...found,
    ...contentOf(found.items, texts, row),
    update: openUpdate && openUpdateTexts && updateOf(openUpdate, openUpdateTexts, row),
    closingNote: row.openIfGiven('closing_note', found.closingNote),
    description: row.openIfGiven('description', found.description),
  };
}

const updateOf = (
  { items, periodTo: to, ...update }: PlanUpdate,
  texts: Buffer,
  row: SealedRow,
): PlanView['update'] => ({
  ...update,
  to,
  ...contentOf(items, texts, row),
});

/** A version's services with their words. Those of every version of a plan are sealed for the same place. */
export function contentOf(items: readonly PlanItem[], texts: Buffer, row: SealedRow): PlanContentView {
  const words = row.openJson<PlanTexts>('texts', texts);
  const wordsOf = (itemId: string): Pick<PlanItemView, 'place' | 'schedule'> => {
    const { place, schedule } = words.items.find((item) => item.itemId === itemId) ?? {};
    return { ...(place ? { place } : {}), ...(schedule ? { schedule } : {}) };
  };
  return {
    items: items.map((item) => ({ ...item, ...wordsOf(item.itemId) }) as PlanItemView),
    supportingActivities: [...words.supportingActivities],
    supportingActivityIds: [...(words.supportingActivityIds ?? [])],
    goals: [...words.goals],
    indicators: [...(words.indicators ?? [])],
  };
}
