import type { Day } from '@okienko/contracts/calendar';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { figureTermsOn } from '../terms/figure-terms';
import { type Counts, noCounts, type OfOffer } from './provider-figures';
import type { Said } from './satisfaction';

export interface Period {
  readonly from: Day;
  readonly to: Day;
}

export interface ProviderCounts {
  readonly total: Counts;
  readonly offers: readonly OfOffer<Counts>[];
}

interface Row extends Partial<Counts> {
  readonly providerId: string;
  readonly offerId: string | null;
  readonly isTotal: boolean;
}

export interface Findings {
  readonly open: number;
  readonly overdue: number;
}

/** Counts of providers, in all and for each of their services. A statement for each group of figures, over any number of providers. */
@Injectable()
export class CountQueries {
  constructor(private readonly dataSource: DataSource) {}

  async of(providerIds: readonly string[], { from, to }: Period): Promise<ReadonlyMap<string, ProviderCounts>> {
    const rows = [
      ...(await this.dataSource.query<Row[]>(orders, [providerIds, from, to])),
      ...(await this.dataSource.query<Row[]>(visits, [providerIds, from, to, figureTermsOn(to).onTimeMinutes])),
      ...(await this.dataSource.query<Row[]>(complaints, [providerIds, from, to])),
    ];
    const byProvider = Map.groupBy(rows, ({ providerId }) => providerId);
    return new Map(providerIds.map((id) => [id, gathered(byProvider.get(id) ?? [])]));
  }

  /** What recipients have said, by quarter. */
  async said(providerIds: readonly string[], quarters: readonly Day[]): Promise<ReadonlyMap<string, Said[]>> {
    const rows = await this.dataSource.query<(Said & { providerId: string })[]>(answers, [providerIds, quarters]);
    return Map.groupBy(rows, ({ providerId }) => providerId);
  }

  async findings(providerIds: readonly string[], today: Day): Promise<ReadonlyMap<string, Findings>> {
    const rows = await this.dataSource.query<({ providerId: string } & Findings)[]>(findings, [providerIds, today]);
    return new Map(rows.map(({ providerId, open, overdue }) => [providerId, { open, overdue }]));
  }
}

function gathered(rows: readonly Row[]): ProviderCounts {
  const sum = (some: readonly Row[]): Counts => Object.assign({}, noCounts, ...some.map(countsOf)) as Counts;
  const offers = Map.groupBy(
    rows.filter(({ isTotal }) => !isTotal),
    ({ offerId }) => offerId,
  );
  const sorted = [...offers].sort(([one], [other]) => ((one ?? '') < (other ?? '') ? -1 : 1));
  return {
    total: sum(rows.filter(({ isTotal }) => isTotal)),
    offers: sorted.map(([offerId, some]) => ({ offerId, of: sum(some) })),
  };
}

const countsOf = ({ providerId: _, offerId: __, isTotal: ___, ...counts }: Row): Partial<Counts> => counts;

const byOffer = `provider_id as "providerId", offer_id as "offerId", grouping(offer_id) = 1 as "isTotal"`;
const grouped = 'group by grouping sets ((provider_id, offer_id), (provider_id))';

// Index `service_order_received`. What the service declined in a provider's name is not the provider's answer.
const orders = `
  with asked as (
    select o.provider_id, o.offer_id, o.answer_by, o.received_at, o.answered_at,
      greatest((o.answered_at at time zone 'Europe/Warsaw')::date, o.first_day) as may_begin,
      o.state in ('ACCEPTED', 'IN_DELIVERY', 'SUSPENDED', 'COMPLETED')
        or (o.state = 'CANCELLED' and o.answered_at is not null) as accepted,
      o.state = 'DECLINED' and o.answered_at is not null as declined,
      o.state = 'CANCELLED' and o.answered_at is null and o.cancel_reason = 'NO_ANSWER' as lapsed,
      (select min(d.delivered_on) from delivery d
       where d.order_id = o.id and d.outcome = 'DELIVERED' and d.state <> 'REJECTED') as begun_on
    from service_order o
    where o.provider_id = any($1) and o.received_at >= $2::date::timestamp at time zone 'Europe/Warsaw'
      and o.received_at < ($3::date + 1)::timestamp at time zone 'Europe/Warsaw'
  )
  select ${byOffer},
    count(*) filter (where accepted or declined or lapsed)::int as decided,
    count(*) filter (where accepted)::int as accepted,
    count(*) filter (where lapsed)::int as lapsed,
    count(*) filter (where answer_by is not null and (lapsed or answered_at is not null))::int as termed,
    count(*) filter (where (answered_at at time zone 'Europe/Warsaw')::date <= answer_by)::int as "inTime",
    count(answered_at)::int as answered,
    percentile_cont(0.5) within group (order by (extract(epoch from answered_at - received_at) / 3600)::float8) as "hoursToAnswer",
    count(*) filter (where accepted and answered_at is not null and begun_on is not null)::int as begun,
    percentile_cont(0.5) within group (order by greatest(begun_on - may_begin, 0)::float8)
      filter (where accepted and answered_at is not null and begun_on is not null) as "daysToBegin"
  from asked ${grouped}`;

// Index `delivery_of_provider_by_day`. Once its order has a plan, a visit is compared with those planned on its day.
const visits = `
  with ordered as materialized (
    select o.id, o.offer_id, (select min(p.day) from planned_visit p where p.order_id = o.id) as planned_from
    from service_order o where o.provider_id = any($1)
  ), visit as (
    select d.provider_id, o.offer_id, d.state, d.outcome, d.dispute_cause, d.reject_reason,
      d.state <> 'REJECTED' as counts,
      d.outcome = 'DELIVERED' and d.state <> 'REJECTED' and d.started_at is not null
        and d.delivered_on >= o.planned_from as planned,
      exists (select from planned_visit p
              where p.order_id = d.order_id and p.day = d.delivered_on
                and p.starts_at between d.started_at - make_interval(mins => $4) and d.started_at + make_interval(mins => $4)) as near
    from delivery d join ordered o on o.id = d.order_id
    where d.provider_id = any($1) and d.delivered_on between $2 and $3
  ), judged as (
    select *, state = 'REJECTED' and reject_reason <> 'WITHDRAWN' as upheld, state = 'ACCEPTED' and dispute_cause is not null as dismissed
    from visit
  )
  select ${byOffer},
    count(*) filter (where counts)::int as visits,
    count(*) filter (where counts and outcome = 'PROVIDER_ABSENT')::int as missed,
    count(*) filter (where counts and outcome = 'CANCELLED')::int as cancelled,
    count(*) filter (where planned)::int as planned,
    count(*) filter (where planned and near)::int as "onTime",
    count(*) filter (where upheld or dismissed)::int as disputes,
    count(*) filter (where upheld)::int as upheld
  from judged ${grouped}`;

// Index `complaint_of_provider`.
const complaints = `
  select ${byOffer}, count(*)::int as complaints, count(*) filter (where outcome in ('FOUNDED', 'PARTLY'))::int as founded
  from complaint where provider_id = any($1) and received_on between $2 and $3 and outcome is not null ${grouped}`;

// Index `finding_of_provider`. They are about the organisation, so none is withheld.
const findings = `
  select provider_id as "providerId", count(*)::int as open,
    count(*) filter (where due_on < $2 and state in ('OPEN', 'REOPENED'))::int as overdue
  from finding where provider_id = any($1) and state <> 'CONFIRMED' group by provider_id`;

// Index `survey_answer_of_provider`.
const answers = `
  select provider_id as "providerId", offer_id as "offerId", quarter, edition, said.question,
    count(*)::int as answers, avg(said.score::int)::float8 as mean
  from survey_answer cross join lateral jsonb_each_text(scores) said (question, score)
  where provider_id = any($1) and quarter = any($2)
  group by grouping sets ((provider_id, offer_id, quarter, edition, said.question),
    (provider_id, quarter, edition, said.question))`;
