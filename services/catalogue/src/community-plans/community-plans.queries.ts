import { Injectable } from '@nestjs/common';
import { type Principal } from '@okienko/chassis/access';
import { cursorId, cursorValues, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { DataSource } from 'typeorm';
import { Conditions } from '../conditions';
import { isStaff } from '../staff';
import type { CommunityPlanActs } from './community-plan';
import type { CommunityPlanContent, SupportingActivity } from './community-plan-content';
import type { CommunityPlanView, ListCommunityPlans } from './community-plans.dto';
import type { ListSupportingActivities, SupportingActivityView } from './supporting-activities.dto';

interface Row extends Pick<CommunityPlanView, 'id' | 'version' | 'state'> {
  content: CommunityPlanContent;
  acts: CommunityPlanActs;
}

/** Where an activity stands in the list, whatever the order of letters that the database was made with. */
const place = `p.id::text collate "C", (a.value->>'activityCode') collate "C"`;

@Injectable()
export class CommunityPlanQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async get(id: string, caller: Principal | undefined): Promise<CommunityPlanView> {
    const where = visibleTo(caller).and((value) => `id = ${value}`, id);
    const [plan] = await this.select(where, 1);
    if (!plan) throw new NotFound('community plan');
    return plan;
  }

  async list(query: ListCommunityPlans, caller: Principal | undefined): Promise<Page<CommunityPlanView>> {
    const { terc, state = 'ADOPTED', limit = defaultLimit, after } = query;
    const where = visibleTo(caller)
      .and((value) => `state = ${value}`, state)
      .and((value) => `content->'gminas' @> to_jsonb(${value}::text)`, terc)
      .and((value) => `id > ${value}`, cursorId(after));
    return pageOf(await this.select(where, limit + 1), limit, ({ id }) => [id]);
  }

  /** Activities of the plans whose period has begun and is not over, as far as they are not over themselves. */
  async activities(query: ListSupportingActivities): Promise<Page<SupportingActivityView>> {
    const { area, terc, kind, targetGroup, limit = defaultLimit, after } = query;
    const [planId, activityCode] = cursorValues(after, ['text', 'text']) ?? [];
    const where = new Conditions(`p.state = 'ADOPTED'`)
      .and((today) => `${today} between p.content->>'from' and coalesce(a.value->>'to', p.content->>'to')`, this.today)
      .and((value) => `a.value->'areas' @> to_jsonb(${value}::text)`, area)
      .and((value) => `a.value->>'terc' = ${value}`, terc)
      .and((value) => `a.value->>'kind' = ${value}`, kind)
      .and((value) => `a.value->'targetGroups' @> to_jsonb(${value}::text)`, targetGroup);
    // As texts, so that a cursor that somebody has made up is merely one that nothing follows.
    if (planId !== undefined) where.sql += ` and (${place}) > (${where.value(planId)}, ${where.value(activityCode)})`;
    const rows = await this.dataSource.query<
      { planId: string; from: string; to: string; activity: SupportingActivity }[]
    >(
      `select p.id as "planId", p.content->>'from' as "from", p.content->>'to' as "to", a.value as activity
       from community_plan p cross join lateral jsonb_array_elements(p.content->'activities') a
       where ${where.sql} order by ${place} limit ${where.value(limit + 1)}`,
      where.values,
    );
    const items = rows.map(({ planId: plan, from, to, activity }) => ({ from, to, ...activity, planId: plan }));
    return pageOf(items as SupportingActivityView[], limit, (item) => [item.planId, item.activityCode]);
  }

  private async select(where: Conditions, most: number): Promise<CommunityPlanView[]> {
    const rows = await this.dataSource.query<Row[]>(
      `select id, version, state, content, acts from community_plan where ${where.sql} order by id limit ${where.value(most)}`,
      where.values,
    );
    return rows.map(({ content, acts, ...row }) => ({ ...row, ...content, ...acts }) as CommunityPlanView);
  }

  private get today(): string {
    return dayOf(this.clock.now());
  }
}

/** The one answer to "who may see which plans". */
const visibleTo = (caller: Principal | undefined): Conditions =>
  new Conditions(isStaff(caller) ? 'true' : `state in ('ADOPTED', 'CLOSED')`);
