import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { periodAround, type Quota } from '../capacities/quotas';
import type { ServiceOrder } from '../service-orders/service-order';
import { QuotaUsedUp } from './delivery-errors';
import { counts } from './recorded';

/** A quota of a capacity under which the person of an order is served, for the days of that capacity. */
interface Counted extends Quota {
  readonly capacityId: string;
  readonly from: Day;
  readonly to: Day;
}

/**
 * How far quotas are used by what was delivered. Recordings under a capacity with quotas come one after another, so that what is used is all
 * that is. What goes beyond a quota by a permit is kept with its delivery, and is no use of the quota.
 */
export class QuotaUse {
  private readonly used = new Map<string, number>();

  private constructor(
    private readonly work: Work,
    private readonly order: ServiceOrder,
    private readonly quotas: readonly Counted[],
    /** What permits let through beyond quotas, less what went beyond them already. */
    private permitted: number,
  ) {}

  static async of(work: Work, order: ServiceOrder): Promise<QuotaUse> {
    const { id, allocationId, providerId, offerId, unit } = order;
    const quotas = await work.query<Counted>(quotasOf, [providerId, offerId, allocationId, unit]);
    if (quotas.length === 0) return new QuotaUse(work, order, quotas, 0);
    await work.query(lockCapacities, [quotas.map(({ capacityId }) => capacityId)]);
    const [row] = await work.query<{ permitted: number }>(permittedOf, [id]);
    return new QuotaUse(work, order, quotas, row?.permitted ?? 0);
  }

  /** Takes the locks that several orders need at once, in the order of capacities: so nobody waits in a circle. */
  static async lock({ query }: Pick<Work, 'query'>, orders: readonly ServiceOrder[]): Promise<void> {
    await query(lockCapacitiesOf, [orders.map(({ id }) => id)]);
  }

  /** How much of it goes beyond a quota. Throws where that is more than permits let through. */
  async beyond(day: Day, quantity: number): Promise<number> {
    const least = await this.leastLeft(day);
    if (!least || quantity <= least.left) return 0;
    if (quantity - least.left > this.permitted) throw new QuotaUsedUp(least.quota, least.left);
    return quantity - least.left;
  }

  /** The same of what was recorded already: it may stay, but no more of it goes beyond a quota than did before. */
  async stillBeyond(day: Day, quantity: number, before: number): Promise<number> {
    const least = await this.leastLeft(day);
    return least ? Math.min(before, Math.max(0, quantity - least.left)) : 0;
  }

  /** Counts a delivery from now on; with less than nothing, no more. */
  async count(day: Day, quantity: number, beyond: number): Promise<void> {
    this.permitted -= beyond;
    for (const quota of this.on(day))
      this.used.set(keyOf(quota, day), (await this.usedOf(quota, day)) + quantity - beyond);
  }

  /** The quota that lets least through on that day. */
  private async leastLeft(day: Day): Promise<{ quota: Counted; left: number } | undefined> {
    let least: { quota: Counted; left: number } | undefined;
    for (const quota of this.on(day)) {
      const left = Math.max(0, quota.limit - (await this.usedOf(quota, day)));
      if (!least || left < least.left) least = { quota, left };
    }
    return least;
  }

  private on(day: Day): readonly Counted[] {
    return this.quotas.filter(({ from, to }) => from <= day && day <= to);
  }

  private async usedOf(quota: Counted, day: Day): Promise<number> {
    const known = this.used.get(keyOf(quota, day));
    if (known !== undefined) return known;
    const { providerId, offerId, allocationId } = this.order;
    const { first, last } = periodAround(quota.each, day);
    const [row] = await this.work.query<{ used: number }>(usedBetween, [
      providerId,
      offerId,
      quota.unit,
      first < quota.from ? quota.from : first,
      last > quota.to ? quota.to : last,
      quota.per === 'PERSON' ? allocationId : null,
      quota.capacityId,
    ]);
    const used = row?.used ?? 0;
    this.used.set(keyOf(quota, day), used);
    return used;
  }
}

const keyOf = ({ capacityId, per, each }: Counted, day: Day): string =>
  `${capacityId} ${per} ${each} ${periodAround(each, day).first}`;

// Who was served under a capacity is one of its heads, also when the place is free again.
const quotasOf = `
  select distinct on (c.id, q.per, q.each) c.id as "capacityId", c.first_day as "from", c.last_day as "to", q.per, q.each, q.unit, q."limit"
  from capacity c cross join lateral jsonb_to_recordset(c.quotas) as q (per text, each text, unit text, "limit" int)
  where c.provider_id = $1 and c.offer_id = $2 and q.unit = $4
    and exists (select from capacity_head h where h.capacity_id = c.id and h.holder = $3)
  order by c.id, q.per, q.each, q."limit"`;

const lockCapacities = `
  select pg_advisory_xact_lock(hashtextextended('quotas ' || id, 0))
  from (select distinct id from unnest($1::text[]) as id order by id) as sorted`;

const lockCapacitiesOf = `
  select pg_advisory_xact_lock(hashtextextended('quotas ' || id, 0))
  from (select distinct c.id::text as id from service_order o
        join capacity c on c.provider_id = o.provider_id and c.offer_id = o.offer_id
        where o.id = any ($1::uuid[]) and c.quotas <> '[]' order by 1) as sorted`;

const permittedOf = `
  select (select coalesce(sum(quantity), 0) from excess_permit where order_id = $1 and covers @> '["QUOTA"]')::float8
       - (select coalesce(sum(beyond_quota), 0) from delivery where order_id = $1 and ${counts})::float8 as permitted`;

const usedBetween = `
  select coalesce(sum(d.quantity - d.beyond_quota), 0)::float8 as used
  from (select * from delivery where ${counts}) d join service_order o on o.id = d.order_id
  where o.provider_id = $1 and o.offer_id = $2 and d.unit = $3 and d.delivered_on between $4 and $5
    and ($6::uuid is null or o.allocation_id = $6)
    and exists (select from capacity_head h where h.capacity_id = $7 and h.holder = o.allocation_id)`;
