import { atOneMoment } from './one-moment';
import type { ContractorCount, CopyPosition, ProgrammeCounts, UnitCount } from './programme-figures';

type Query = <Row>(text: string, values?: unknown[]) => Promise<Row[]>;

const offers = `with offer as (
  select id, content->>'serviceCode' as "serviceCode" from service_offer where (content->>'programmeId')::uuid = $1)`;

const personsOf = (copy: string, which: string): string => `${offers}
  select offer."serviceCode", count(distinct c.person_id)::int as persons from ${copy} c join offer on offer.id = c.offer_id
  where ${which} group by grouping sets ((offer."serviceCode"), ())`;

const units = `${offers}
  select offer."serviceCode", d.unit, sum(d.quantity)::float8 as delivered, count(distinct a.person_id)::int as "deliveredTo",
         coalesce(sum(d.quantity) filter (where d.accepted), 0)::float8 as accepted,
         count(distinct a.person_id) filter (where d.accepted)::int as "acceptedFor"
  from delivery_copy d join allocation_copy a using (allocation_id) join offer on offer.id = a.offer_id
  where d.quantity > 0 group by offer."serviceCode", d.unit order by d.unit`;

const contractors = `${offers}, performed as (
    select offer."serviceCode", a.provider_id from allocation_copy a join offer on offer.id = a.offer_id
    where a.started_on is not null
    union
    select offer."serviceCode", d.provider_id
    from delivery_copy d join allocation_copy a using (allocation_id) join offer on offer.id = a.offer_id
    where d.quantity > 0)
  select f."serviceCode", f.provider_id as "providerId", p.kind
  from performed f left join provider_copy p using (provider_id) where f.provider_id is not null order by f.provider_id`;

const costs = `${offers}
  select offer."serviceCode", sum(s.grosze)::float8 as grosze from settlement_copy s join offer on offer.id = s.offer_id
  group by grouping sets ((offer."serviceCode"), ()) having count(*) > 0`;

const positions = `${offers}, told as (
    select 'applications' as copy, c.as_of, c.sequence from application_item_copy c join offer on offer.id = c.offer_id
    union all
    select 'allocations', c.as_of, c.sequence from allocation_copy c join offer on offer.id = c.offer_id
    union all
    select 'deliveries', d.as_of, d.sequence
    from delivery_copy d join allocation_copy a using (allocation_id) join offer on offer.id = a.offer_id
    union all
    select 'settlements', s.as_of, s.sequence from settlement_copy s join offer on offer.id = s.offer_id)
  select copies.copy, max(as_of) as "asOf", coalesce(sum(sequence), 0)::float8 as position
  from unnest('{applications,allocations,deliveries,settlements}'::text[]) with ordinality as copies (copy, n) left join told using (copy)
  group by copies.copy, n order by n`;

const questions = {
  qualified: personsOf('application_item_copy', "c.state = 'QUALIFIED'"),
  served: personsOf('allocation_copy', 'c.started_on is not null'),
  units,
  contractors,
  costs,
  positions,
};

interface OfService {
  /** Null for the whole programme. */
  readonly serviceCode: string | null;
}

interface Found {
  readonly qualified: readonly (OfService & { readonly persons: number })[];
  readonly served: Found['qualified'];
  readonly units: readonly (OfService & UnitCount)[];
  readonly contractors: readonly (OfService & ContractorCount)[];
  readonly costs: readonly (OfService & { readonly grosze: number })[];
  readonly positions: readonly CopyPosition[];
}

/** Counts what the copies know of a programme. Whom it counts leaves this file as a number only. */
export async function countProgramme(query: Query, programmeId: string): Promise<ProgrammeCounts> {
  const found = await atOneMoment<Found>(query, questions, [programmeId]);
  const { qualified, served, units: delivered, contractors: performers, costs: paid, positions: reached } = found;
  const codes = [...qualified, ...served, ...delivered, ...performers, ...paid].flatMap(
    ({ serviceCode }) => serviceCode ?? [],
  );
  const of = <Row extends OfService>(rows: readonly Row[], code: string): Omit<Row, 'serviceCode'>[] =>
    rows.filter(({ serviceCode }) => serviceCode === code).map(({ serviceCode: _, ...row }) => row);
  return {
    services: [...new Set(codes)].sort().map((serviceCode) => ({
      serviceCode,
      qualified: of(qualified, serviceCode)[0]?.persons ?? 0,
      served: of(served, serviceCode)[0]?.persons ?? 0,
      units: of(delivered, serviceCode) as UnitCount[],
      contractors: of(performers, serviceCode) as ContractorCount[],
      costGrosze: of(paid, serviceCode)[0]?.grosze ?? null,
    })),
    served: served.find(({ serviceCode }) => serviceCode === null)?.persons ?? 0,
    costGrosze: paid.find(({ serviceCode }) => serviceCode === null)?.grosze ?? null,
    positions: reached,
  };
}
