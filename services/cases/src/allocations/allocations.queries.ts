import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction, type Transaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import type { AllocationView, CandidateList, ListAllocations, ReferralList, ReferralView } from './allocations.dto';
import type { Candidate } from './candidates';
import { CandidateQueries } from './candidates.queries';

/** Ids, codes and counts; who the person is stays behind `GET /persons/{id}`. A ranking that knows how far they live is logged as that is. */
@Injectable()
export class AllocationQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    private readonly rule: CandidateQueries,
  ) {}

  async get(id: string, caller: Principal): Promise<AllocationView> {
    const { sql, values } = where(...given('id = ?', id), ...visibleTo(caller));
    const [view] = await this.dataSource.query<AllocationView[]>(`${select} ${sql}`, values);
    if (!view) throw new NotFound('allocation');
    return view;
  }

  async list(
    { planId, applicationId, after, limit = defaultLimit }: ListAllocations,
    caller: Principal,
  ): Promise<Page<AllocationView>> {
    const { sql, values } = where(
      ...given('plan_id = ?', planId),
      ...given('application_id = ?', applicationId),
      ...given('id > ?', cursorId(after)),
      ...visibleTo(caller),
    );
    const text = `${select} ${sql} order by id limit $${values.length + 1}`;
    return pageOf(await this.dataSource.query<AllocationView[]>(text, [...values, limit + 1]), limit, (row) => [
      row.id,
    ]);
  }

  /** Whom the rule would choose if it were asked now. */
  async candidates(id: string, wishedProviderId: string | undefined, access: Access): Promise<CandidateList> {
    const { from: periodFrom, to: periodTo, ...sought } = await this.get(id, access.caller);
    const wish = wishedProviderId ?? sought.wishedProviderId;
    const wanted = { ...sought, periodFrom, periodTo, wishedProviderId: wish };
    const today = dayOf(this.clock.now());
    return inTransaction(this.dataSource, async (transaction) => {
      const items = await this.rule.ranking(transaction, wanted, today);
      await this.logged(transaction, sought, items, access);
      return { items };
    });
  }

  async referrals(id: string, access: Access): Promise<ReferralList> {
    const allocation = await this.get(id, access.caller);
    return inTransaction(this.dataSource, async (transaction) => {
      const items = await transaction.query<ReferralView>(selectReferrals, [id]);
      const rankings = items.flatMap(({ ranking }) => ranking ?? []);
      await this.logged(transaction, allocation, rankings, access);
      return { items };
    });
  }

  private async logged(
    transaction: Transaction,
    { personId, applicationId }: Pick<AllocationView, 'personId' | 'applicationId'>,
    ranking: readonly Pick<Candidate, 'fromKm'>[],
    access: Access,
  ): Promise<void> {
    if (ranking.every(({ fromKm }) => fromKm === undefined)) return;
    const touched = { personId, fieldGroups: ['CONTACT'], ...(applicationId && { caseRef: applicationId }) };
    await this.personalData.record(transaction, 'READ', access, touched);
  }

  /** Whose referrals have lapsed by the calendar, the oldest first. */
  async overdue(): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      "select id from allocation where state = 'REFERRED' and answer_by < $1 order by answer_by limit 500",
      [dayOf(this.clock.now())],
    );
    return rows.map(({ id }) => id);
  }
}

const select = `
  select id, version, plan_id as "planId", application_id as "applicationId", person_id as "personId", item_id as "itemId",
         offer_id as "offerId", period_from as "from", period_to as "to", quantity, unit_of_measure as unit, state,
         provider_id as "providerId", attempt, answer_by as "answerBy", wished_provider_id as "wishedProviderId",
         order_id as "orderId", decline_reason as "declineReason", delivered_total as "deliveredTotal",
         started_on as "startedOn", completed_on as "completedOn", suspensions, ended_on as "endedOn",
         end_reason as "endReason", decision_number as "decisionNumber", requests
  from allocation`;

const selectReferrals = `
  select attempt, provider_id as "providerId", chosen_by as "chosenBy", ranking, referred_on as "referredOn",
         answer_by as "answerBy", outcome, ended_on as "endedOn"
  from referral where allocation_id = $1 order by attempt`;
