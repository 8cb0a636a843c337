import type { Day } from '@okienko/contracts/calendar';
import { hasFreePlace } from '../capacities/live-capacity';
import { Conditions } from '../conditions';
import { narrowed } from '../service-offers/service-offers.queries';
import type { SearchOffers } from './search.dto';

/**
 * How many of the offers that match are looked at, and counted by facets; ranking more of them would cost more than it brings. Where any word
 * will do, the rarest are taken that together are in no more offers, so that which of them are looked at is no accident.
 */
export const mostRanked = 1000;

export interface Found {
  readonly count: number;
  readonly top: readonly { readonly id: string; readonly score: number }[] | null;
  /** `<facet>/<code>`, and how many of the offers looked at have it; the commonest first. */
  readonly facets: readonly (readonly [string, number])[] | null;
}

export interface Ranked {
  /** A text search query. */
  readonly wanted: string;
  readonly stems: readonly string[];
  readonly weights: readonly number[];
}

export type Filters = Omit<SearchOffers, 'q' | 'limit'>;

/** Of the offers themselves it reads those alone that filters ask about: for all others the vector and what facets count are enough. */
export function searchStatement(
  { wanted, stems, weights }: Ranked,
  { targetGroup, feeRule, age, free, ...filters }: Filters,
  today: Day,
  limit: number,
): { readonly text: string; readonly values: unknown[] } {
  const where = new Conditions('s.published').and((value) => `s.vector @@ ${value}::tsquery`, wanted);
  const filtersFrom = where.values.length;
  narrowed(where, filters)
    .and((value) => `o.content->'targetGroups' @> to_jsonb(${value}::text)`, targetGroup)
    .and((value) => `o.content->>'feeRule' = ${value}`, feeRule)
    .and(
      (value) => `coalesce((o.content->'ages'->>'from')::int, 0) <= ${value}
        and coalesce((o.content->'ages'->>'to')::int, 150) >= ${value}`,
      age,
    )
    .and(hasFreePlace, free && today);
  const offers = where.values.length > filtersFrom ? 'join service_offer o on o.id = s.offer_id' : '';
  // One term for each stem: the rows of an unnest cost more than the ranks.
  const ranks = stems.map((stem, at) => {
    return `${where.value(weights[at])}::float8 * ts_rank(s.vector, ${where.value(stem)}::tsquery)`;
  });
  const text = `with candidates as materialized (
       select s.offer_id as id, s.facets, ${ranks.join(' + ') || '0'} as score
       from offer_search s ${offers}
       where ${where.sql} limit ${where.value(mostRanked)}
     ), ranked as (
       select id, score from candidates order by score desc, id limit ${where.value(2 * limit)}
     ), counted as (
       select code, count(*)::int as count from candidates, unnest(facets) code group by 1
     )
     select (select count(*)::int from candidates) as count,
            (select jsonb_agg(r order by r.score desc, r.id) from ranked r) as top,
            (select jsonb_agg(jsonb_build_array(code, count) order by count desc, code) from counted) as facets`;
  return { text, values: where.values };
}
