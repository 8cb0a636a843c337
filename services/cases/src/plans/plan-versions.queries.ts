import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import { comparePlans } from './plan-comparison';
import type { PlanItem } from './plan-content';
import type { CompareVersions, PlanComparison, PlanVersionSummary } from './plans.dto';
import { contentOf } from './plans.queries';

@Injectable()
export class PlanVersionQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  async list(id: string, caller: Principal): Promise<{ items: PlanVersionSummary[] }> {
    const { sql, values } = where(...given('id = ?', id), ...visibleTo(caller));
    const items = await this.dataSource.query<PlanVersionSummary[]>(
      `${versions(sql)} select ${summary} from version order by plan_version`,
      values,
    );
    if (items.length === 0) throw new NotFound('individual plan');
    return { items };
  }

  compare(id: string, { from, to }: CompareVersions, access: Access): Promise<PlanComparison> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', id), ...visibleTo(access.caller));
      const found = await transaction.query<StoredVersion>(
        `${versions(sql)} select ${summary}, person_id as "personId", application_id as "applicationId", items, texts from version`,
        values,
      );
      const [one, other] = [from, to].map((number) => found.find(({ planVersion }) => planVersion === number));
      if (!one || !other) throw new NotFound('version of the plan');
      const { personId, applicationId } = one;
      const row = await this.personalData.row(transaction, personId, 'individual_plan', id);
      const content = (version: StoredVersion) => ({
        to: version.to,
        ...contentOf(version.items, version.texts, row),
      });
      const comparison = comparePlans(content(one), content(other));
      const touched = { personId, fieldGroups: ['PLAN'], caseRef: applicationId };
      await this.personalData.record(transaction, 'READ', access, touched);
      return comparison;
    });
  }
}

interface StoredVersion extends PlanVersionSummary {
  readonly personId: string;
  readonly applicationId: string;
  readonly items: readonly PlanItem[];
  readonly texts: Buffer;
}

const summary = `plan_version as "planVersion", state, drafter, drafted_at as "draftedAt", period_from as "from",
  period_to as "to", agreement, return_reason as "returnReason", approval, replaced_on as "replacedOn"`;

/** Those replaced, the one in force or the first draft, and the update on its way to approval. */
const versions = (visible: string): string => `
  with plan as (select * from individual_plan ${visible}), version as (
    select v.plan_version, 'REPLACED' as state, v.drafter, v.drafted_at, v.period_from, v.period_to, v.agreement,
           null as return_reason, v.approval, v.replaced_on, p.person_id, p.application_id, v.items, v.texts
    from plan_version v join plan p on p.id = v.plan_id
    union all
    select plan_version, state, drafter, coalesce(update_drafted_at, drafted_at), period_from, period_to, agreement,
           return_reason, approval, null, person_id, application_id, items, texts
    from plan
    union all
    select (open_update ->> 'planVersion')::int, open_update ->> 'state', open_update ->> 'drafter',
           (open_update ->> 'draftedAt')::timestamptz, period_from, (open_update ->> 'periodTo')::date,
           nullif(open_update -> 'agreement', 'null'), open_update ->> 'returnReason', null, null, person_id, application_id,
           open_update -> 'items', open_update_texts
    from plan where open_update is not null
  )`;
