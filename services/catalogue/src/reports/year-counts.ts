import type { Day } from '@okienko/contracts/calendar';
import type { Localised } from '../localised';
import { atOneMoment } from './one-moment';
import type { CopyPosition } from './programme-figures';

type Query = <Row>(text: string, values?: unknown[]) => Promise<Row[]>;

export interface YearCounts {
  readonly programmes: readonly YearProgramme[];
  readonly requests: RequestCounts;
  readonly served: number;
  readonly areas: readonly { readonly area: string; readonly served: number }[];
  readonly services: readonly YearServiceCount[];
  readonly contractors: readonly { readonly kind: string; readonly contractors: number }[];
  readonly plannedGrosze: number | null;
  /** Of the services of programmes, in settlements of the year; null where there is none. */
  readonly costGrosze: number | null;
  readonly positions: readonly CopyPosition[];
}

export interface YearProgramme {
  readonly id: string;
  readonly name: Localised;
  readonly validFrom: Day;
  readonly validTo: Day;
  readonly endedOn?: Day;
}

/** Applications, and the services requested in them by what became of each in the year. */
export interface RequestCounts {
  readonly filed: number;
  readonly requested: number;
  readonly qualified: number;
  readonly refused: number;
  readonly withdrawn: number;
  readonly waitingAtEnd: number;
}

export interface YearServiceCount {
  readonly offerId: string;
  readonly name: Localised;
  readonly areas: readonly string[];
  readonly unit: string;
  readonly served: number;
  readonly accepted: number;
}

// $1 the gmina, $2 the first and $3 the last day of the year. The seventh digit only tells town from country within a gmina.
const inGmina = 'left(gmina, 6) = left($1, 6)';

const requests = `select
    count(distinct application_id) filter (where filed_on between $2::date and $3::date)::int as filed,
    count(*) filter (where filed_on between $2::date and $3::date)::int as requested,
    count(*) filter (where person_id is not null and settled_on between $2::date and $3::date)::int as qualified,
    count(*) filter (where state in ('REFUSAL_PENDING', 'REFUSED', 'APPEALED') and settled_on between $2::date and $3::date)::int as refused,
    count(*) filter (where state = 'WITHDRAWN' and person_id is null and settled_on between $2::date and $3::date)::int as withdrawn,
    count(*) filter (where waitlisted_on <= $3::date and (settled_on is null or settled_on > $3::date))::int as "waitingAtEnd"
  from application_item_copy where ${inGmina}`;

const delivered = `with delivered as (
  select a.offer_id, a.person_id, d.provider_id, d.unit, d.quantity
  from delivery_copy d join allocation_copy a using (allocation_id)
  where d.accepted and d.delivered_on between $2::date and $3::date and ${inGmina})`;

const served = `${delivered} select count(distinct person_id)::int as served from delivered`;

const areas = `${delivered}
  select area, count(distinct d.person_id)::int as served
  from delivered d join service_offer o on o.id = d.offer_id, jsonb_array_elements_text(o.content->'areas') as area
  group by area`;

const services = `${delivered}
  select d.offer_id as "offerId", o.content->'name' as name, o.content->'areas' as areas, d.unit,
         count(distinct d.person_id)::int as served, sum(d.quantity)::float8 as accepted
  from delivered d join service_offer o on o.id = d.offer_id
  group by d.offer_id, o.content, d.unit order by d.offer_id, d.unit`;

const contractors = `${delivered}
  select coalesce(p.kind, 'UNKNOWN') as kind, count(distinct d.provider_id)::int as contractors
  from delivered d left join provider_copy p using (provider_id) group by 1 order by 1`;

const programmes = `select id, content->'name' as name, content->>'validFrom' as "validFrom", content->>'validTo' as "validTo",
    acts->>'endedOn' as "endedOn", content->'budgetLines' as "budgetLines"
  from programme
  where state in ('IN_FORCE', 'ENDED', 'REPORTED') and left(content->>'terc', 6) = left($1, 6)
    and content->>'validFrom' <= $3::text and coalesce(acts->>'endedOn', content->>'validTo') >= $2::text
  order by content->>'validFrom', id`;

const costs = `select sum(s.grosze)::float8 as grosze
  from settlement_copy s join service_offer o on o.id = s.offer_id
  where s.month between $2::date and $3::date and left(o.content->>'terc', 6) = left($1, 6) and o.content ? 'programmeId'`;

const positions = `with told as (
    select 'applications' as copy, as_of, sequence from application_item_copy where ${inGmina}
    union all
    select 'allocations', as_of, sequence from allocation_copy where ${inGmina}
    union all
    select 'deliveries', d.as_of, d.sequence from delivery_copy d join allocation_copy a using (allocation_id)
    where ${inGmina}
    union all
    select 'settlements', s.as_of, s.sequence from settlement_copy s join service_offer o on o.id = s.offer_id
    where left(o.content->>'terc', 6) = left($1, 6))
  select copies.copy, max(as_of) as "asOf", coalesce(sum(sequence), 0)::float8 as position
  from unnest('{applications,allocations,deliveries,settlements}'::text[]) with ordinality as copies (copy, n) left join told using (copy)
  group by copies.copy, n order by n`;

interface Found extends Pick<YearCounts, 'areas' | 'services' | 'contractors' | 'positions'> {
  readonly programmes: readonly (Omit<YearProgramme, 'endedOn'> & {
    readonly endedOn: Day | null;
    readonly budgetLines: readonly { readonly year: number; readonly plannedGrosze: number }[] | null;
  })[];
  readonly requests: readonly [RequestCounts];
  readonly served: readonly [{ readonly served: number }];
  readonly costs: readonly [{ readonly grosze: number | null }];
}

/** Counts what the copies know of a gmina in a year. Whom it counts leaves this file as a number only. */
export async function countYear(query: Query, terc: string, year: number): Promise<YearCounts> {
  const questions = { programmes, requests, served, areas, services, contractors, costs, positions };
  const found = await atOneMoment<Found>(query, questions, [terc, `${year}-01-01`, `${year}-12-31`]);
  const { costs: of, ...counted } = found;
  const planned = found.programmes.flatMap(({ budgetLines }) => budgetLines ?? []).filter((line) => line.year === year);
  return {
    ...counted,
    programmes: found.programmes.map(({ budgetLines: _, endedOn, ...programme }) => ({
      ...programme,
      ...(endedOn === null ? {} : { endedOn }),
    })),
    requests: found.requests[0],
    served: found.served[0].served,
    costGrosze: of[0].grosze,
    plannedGrosze: planned.length === 0 ? null : planned.reduce((sum, line) => sum + line.plannedGrosze, 0),
  };
}
