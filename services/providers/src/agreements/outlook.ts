import type { Day } from '@okienko/contracts/calendar';
import { counts } from '../deliveries/recorded';
import type { AgreementTerms } from '../terms/agreement-terms';
import { type Forecast, forecastOf, paceDays, type Use } from './forecast';
import type { Unit } from './prices';

type Query = <Row>(text: string, values: unknown[]) => Promise<Row[]>;

interface Drawn {
  readonly offerId: string;
  readonly unit: Unit;
  readonly ceiling: number | null;
  readonly ordered: number;
  readonly orderedGrosze: number;
  readonly delivered: number;
  readonly deliveredGrosze: number;
  readonly recent: number;
  readonly recentGrosze: number;
  readonly recentDeliveries: number;
  readonly priceGrosze: number | null;
}

interface Watched {
  readonly id: string;
  readonly from: Day;
  readonly to: Day;
  readonly ceilingGrosze: number | null;
}

/** Of each service of an agreement, and of its money. */
export async function forecastsOf(
  query: Query,
  agreement: Watched,
  today: Day,
  terms: AgreementTerms,
): Promise<Forecast[]> {
  const days = paceDays(agreement, today, terms);
  const drawn = await query<Drawn>(drawnOf, [agreement.id, today, days]);
  return usesOf(drawn, agreement.ceilingGrosze).map((use) => forecastOf(use, agreement, today, terms));
}

export function usesOf(drawn: readonly Drawn[], ceilingGrosze: number | null): Use[] {
  const sum = (of: (one: Drawn) => number): number => drawn.reduce((total, one) => total + of(one), 0);
  const prices = drawn.flatMap(({ priceGrosze }) => priceGrosze ?? []);
  const money: Use = {
    offerId: null,
    unit: 'GROSZE',
    ceiling: ceilingGrosze,
    ordered: sum(({ orderedGrosze }) => orderedGrosze),
    delivered: sum(({ deliveredGrosze }) => deliveredGrosze),
    recent: sum(({ recentGrosze }) => recentGrosze),
    recentDeliveries: sum(({ recentDeliveries }) => recentDeliveries),
    least: prices.length === 0 ? 1 : Math.min(...prices),
  };
  return [...drawn.map((one): Use => ({ ...one, least: 1 })), money];
}

/** Nobody is warned of money that flat sums and grants alone draw: it was agreed up to the ceiling. */
export const warnedOf = (forecasts: readonly Forecast[]): readonly Forecast[] =>
  forecasts.some(({ unit }) => unit !== 'FLAT_SUM' && unit !== 'GROSZE')
    ? forecasts
    : forecasts.filter(({ unit }) => unit !== 'GROSZE');

const drawnOf = `
  select s.offer_id as "offerId", s.unit, s.ceiling_quantity as ceiling,
    coalesce(w.ordered, 0)::float8 as ordered,
    (coalesce(w.ordered_grosze, 0) + coalesce(b.agreed, 0))::float8 as "orderedGrosze",
    coalesce(w.delivered, 0)::float8 as delivered,
    (coalesce(w.delivered_grosze, 0) + coalesce(b.settled, 0))::float8 as "deliveredGrosze",
    coalesce(r.quantity, 0)::float8 as recent,
    (coalesce(r.grosze, 0) + coalesce(b.recent, 0))::float8 as "recentGrosze",
    coalesce(r.deliveries, 0)::float8 as "recentDeliveries",
    (select p.price_grosze::float8 from agreement_price p where p.agreement_id = s.agreement_id
       and p.offer_id = s.offer_id and p.unit <> 'FLAT_SUM' and p.first_day <= $2 and coalesce(p.last_day, 'infinity') >= $2) as "priceGrosze"
  from agreement_service s
  left join (select offer_id, sum(ordered) as ordered, sum(ordered_grosze) as ordered_grosze,
      sum(delivered) as delivered, sum(delivered_grosze) as delivered_grosze
    from agreement_draw where agreement_id = $1 group by offer_id) w on w.offer_id = s.offer_id
  left join (select d.offer_id, sum(v.quantity) as quantity, count(*) as deliveries,
      sum(v.quantity * coalesce(p.price_grosze, 0)) as grosze
    from agreement_draw d
    join (select * from delivery where ${counts}) v on v.order_id = d.order_id
      and v.delivered_on > $2::date - $3::int and v.delivered_on <= $2
    left join agreement_price p on p.agreement_id = d.agreement_id and p.offer_id = d.offer_id and p.unit <> 'FLAT_SUM'
      and p.first_day <= v.delivered_on and coalesce(p.last_day, 'infinity') >= v.delivered_on
    where d.agreement_id = $1 group by d.offer_id) r on r.offer_id = s.offer_id
  left join (select offer_id, sum(grosze) as agreed, sum(grosze) filter (where settled) as settled,
      sum(grosze) filter (where day > $2::date - $3::int and day <= $2) as recent
    from agreement_sum where agreement_id = $1 group by offer_id) b on b.offer_id = s.offer_id
  where s.agreement_id = $1 order by s.offer_id`;

/** Published services of an agreement that on a day neither another agreement covers nor a unit of the gmina has places for. */
export async function uncoveredOn(query: Query, agreementId: string, day: Day): Promise<string[]> {
  const rows = await query<{ offerId: string }>(uncovered, [agreementId, day]);
  return rows.map(({ offerId }) => offerId);
}

const uncovered = `
  select s.offer_id as "offerId" from agreement_service s
  join service_offer f on f.id = s.offer_id and f.published
  where s.agreement_id = $1
    and not exists (select 1 from agreement_service o join agreement a on a.id = o.agreement_id
      where o.offer_id = s.offer_id and a.id <> $1 and a.state in ('SIGNED', 'ACTIVE', 'SUSPENDED')
        and coalesce(o.first_day, a.first_day) <= $2 and a.last_day >= $2)
    and not exists (select 1 from capacity c join provider p on p.id = c.provider_id
      where c.offer_id = s.offer_id and p.kind in ('OWN_UNIT', 'GMINA_OFFICE', 'GMINA_UNIT')
        and c.first_day <= $2 and c.last_day >= $2)
  order by s.offer_id`;
