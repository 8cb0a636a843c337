import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import type { SealedRow } from '../access/sealed-row';
import { visibleTo } from '../access/visibility';
import { ofPerson } from '../persons/standing';
import type { PlanItem, PlanTexts } from './plan-content';
import type { ListPlans, PlanItemView, PlanSummary, PlanView } from './plans.dto';

@Injectable()
export class PlanQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

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
  drafted_at as "draftedAt", draft_due_on as "draftDueOn", drafted_late as "draftedLate", period_from as "from",
  period_to as "to", agreement, return_reason as "returnReason", approval, ending, closing_talk as "closingTalk",
  closed_on as "closedOn"`;
const sealed = 'items, texts, closing_note as "closingNote", description';

interface SealedView extends PlanSummary {
  readonly items: readonly PlanItem[];
  readonly texts: Buffer;
  readonly closingNote: Buffer | null;
  readonly description: Buffer | null;
}

function opened({ texts, ...found }: SealedView, row: SealedRow): PlanView {
  const words = row.openJson<PlanTexts>('texts', texts);
  const wordsOf = (itemId: string): { place: string; schedule: string } =>
    words.items.find((item) => item.itemId === itemId) ?? { place: '', schedule: '' };
  return {
    ...found,
    items: found.items.map((item): PlanItemView => ({ ...item, ...wordsOf(item.itemId) })),
    supportingActivities: [...words.supportingActivities],
    goals: [...words.goals],
    closingNote: row.openIfGiven('closing_note', found.closingNote),
    description: row.openIfGiven('description', found.description),
  };
}
