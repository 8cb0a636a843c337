import type { ContractorCount, CopyPosition, ProgrammeCounts, ServiceCount, UnitCount } from './programme-figures';

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
  group by offer."serviceCode", d.unit order by d.unit`;

const contractors = `${offers}, performed as (
    select offer."serviceCode", a.provider_id from allocation_copy a join offer on offer.id = a.offer_id
    where a.started_on is not null
    union
    select offer."serviceCode", d.provider_id
    from delivery_copy d join allocation_copy a using (allocation_id) join offer on offer.id = a.offer_id)
  select f."serviceCode", f.provider_id as "providerId", p.kind
  from performed f left join provider_copy p using (provider_id) where f.provider_id is not null order by f.provider_id`;

const positions = `${offers}, told as (
    select 'applications' as copy, c.as_of, c.sequence from application_item_copy c join offer on offer.id = c.offer_id
    union all
    select 'allocations', c.as_of, c.sequence from allocation_copy c join offer on offer.id = c.offer_id
    union all
    select 'deliveries', d.as_of, d.sequence
    from delivery_copy d join allocation_copy a using (allocation_id) join offer on offer.id = a.offer_id)
  select copies.copy, max(as_of) as "asOf", coalesce(sum(sequence), 0)::float8 as position
  from unnest('{applications,allocations,deliveries}'::text[]) with ordinality as copies (copy, n) left join told using (copy)
  group by copies.copy, n order by n`;

interface OfService {
  /** Null for the whole programme. */
  readonly serviceCode: string | null;
}

/** Counts what the copies know of a programme. Whom it counts leaves this file as a number only. */
export async function countProgramme(query: Query, programmeId: string): Promise<ProgrammeCounts> {
  const of = <Row extends OfService>(text: string): Promise<Row[]> => query<Row>(text, [programmeId]);
  const qualified = await of<OfService & { persons: number }>(
    personsOf('application_item_copy', "c.state = 'QUALIFIED'"),
  );
  const served = await of<OfService & { persons: number }>(personsOf('allocation_copy', 'c.started_on is not null'));
  const delivered = await of<OfService & UnitCount>(units);
  const performers = await of<OfService & ContractorCount>(contractors);
  const codes = [...qualified, ...served, ...delivered, ...performers].flatMap(({ serviceCode }) => serviceCode ?? []);
  const rest = <Row extends OfService>(rows: readonly Row[], code: string): Omit<Row, 'serviceCode'>[] =>
    rows.filter(({ serviceCode }) => serviceCode === code).map(({ serviceCode: _, ...row }) => row);
  const services = [...new Set(codes)].sort().map((serviceCode) => ({
    serviceCode,
    qualified: rest(qualified, serviceCode)[0]?.persons ?? 0,
    served: rest(served, serviceCode)[0]?.persons ?? 0,
    units: rest(delivered, serviceCode),
    contractors: rest(performers, serviceCode),
  }));
  return {
    services: services as ServiceCount[],
    served: served.find(({ serviceCode }) => serviceCode === null)?.persons ?? 0,
    positions: await positionsOf(query, programmeId),
  };
}

async function positionsOf(query: Query, programmeId: string): Promise<CopyPosition[]> {
  const rows = await query<Omit<CopyPosition, 'asOf'> & { asOf: Date | null }>(positions, [programmeId]);
  return rows.map((row) => ({ ...row, asOf: row.asOf?.toISOString() ?? null }));
}
