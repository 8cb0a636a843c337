import { type Day, dayOf } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { drawDelivery } from '../agreements/cover';
import { assertMayPerform } from '../performers/performer-standing';
import type { ServiceOrder } from '../service-orders/service-order';
import { Delivery } from './delivery';
import { DeliveryIdTaken, PerformerElsewhere } from './delivery-errors';
import { type Busy, busyOf, countedOf, isSame, overlap, type Visit } from './visit';

interface Known extends Visit {
  readonly id: string;
  readonly orderId: string;
}

/** A delivery by its id, and what is said of it. */
export interface Entry {
  readonly id: string;
  readonly visit: Visit;
}

/**
 * What is known of an order while deliveries of it are recorded or corrected. The order's row lock makes its total the total; a lock on each
 * performer, taken after it and in the order of their ids, makes what they do elsewhere all that they do.
 */
export class Recording {
  private readonly drawn = new Map<Day, number>();
  private readonly standing = new Set<string>();

  private constructor(
    private readonly work: Work,
    private readonly order: ServiceOrder,
    private readonly now: Date,
    private readonly known: Map<string, Known>,
    private readonly busy: Busy[],
    /** What is recorded, less what is permitted beyond the order. */
    private recorded: number,
  ) {}

  static async toRecord(work: Work, order: ServiceOrder, entries: readonly Entry[], now: Date): Promise<Recording> {
    const busy = await busyWhile(work, entries);
    const known = await work.query<Known>(firstTold, [entries.map(({ id }) => id)]);
    const byId = new Map(known.map((one) => [one.id, one]));
    return new Recording(work, order, now, byId, busy, await recordedOf(work, order.id));
  }

  static async toCorrect(work: Work, order: ServiceOrder, entry: Entry, now: Date): Promise<Recording> {
    const busy = await busyWhile(work, [entry], entry.id);
    return new Recording(work, order, now, new Map(), busy, await recordedOf(work, order.id));
  }

  /** Records it, unless that has been done; says whether it is new. */
  async book({ id, visit }: Entry): Promise<boolean> {
    const known = this.known.get(id);
    if (known && (known.orderId !== this.order.id || !isSame(known, visit))) throw new DeliveryIdTaken();
    if (known) return false;
    this.order.checkDelivery(visit.deliveredOn, countedOf(visit), this.recorded, dayOf(this.now));
    await this.checkPerformer(visit);
    const { save } = this.work;
    if (visit.outcome === 'DELIVERED' && this.order.awaitsFirstDelivery)
      await save(this.order, this.order.start(visit.deliveredOn));
    const delivery = Delivery.record(id, this.order, visit);
    await save(delivery, delivery.recorded());
    this.known.set(id, { ...visit, id, orderId: this.order.id });
    this.count(visit);
    return true;
  }

  /** May it be as the provider says now? */
  async check(before: Visit, visit: Visit): Promise<void> {
    this.recorded -= countedOf(before);
    this.draw(before, -1);
    this.order.checkVisit(visit.deliveredOn, countedOf(visit), this.recorded, dayOf(this.now));
    await this.checkPerformer(visit);
    this.count(visit);
  }

  /** Draws on the agreement, once for each day. */
  async end(): Promise<void> {
    for (const [day, quantity] of [...this.drawn].sort(([one], [other]) => (one < other ? -1 : 1)))
      if (quantity !== 0) await drawDelivery(this.work, this.order.id, quantity, day);
  }

  private count(visit: Visit): void {
    this.recorded += countedOf(visit);
    this.draw(visit, 1);
    const stretch = busyOf(visit);
    if (stretch) this.busy.push(stretch);
  }

  private draw(visit: Visit, sign: 1 | -1): void {
    const { deliveredOn } = visit;
    this.drawn.set(deliveredOn, (this.drawn.get(deliveredOn) ?? 0) + sign * countedOf(visit));
  }

  private async checkPerformer(visit: Visit): Promise<void> {
    const { performerId, deliveredOn: on } = visit;
    const stretch = busyOf(visit);
    if (stretch && this.busy.some((other) => overlap(stretch, other))) throw new PerformerElsewhere();
    if (performerId === null || this.standing.has(`${performerId} ${on}`)) return;
    const { providerId, offerId, allocationId } = this.order;
    await assertMayPerform(this.work, { performerId, providerId, offerId, on, allocationId });
    this.standing.add(`${performerId} ${on}`);
  }
}

/** What these performers do elsewhere near these times, but for the delivery that is corrected. */
async function busyWhile({ query }: Work, entries: readonly Entry[], but: string | null = null): Promise<Busy[]> {
  const stretches = entries.flatMap(({ visit }) => busyOf(visit) ?? []);
  if (stretches.length === 0) return [];
  const performers = [...new Set(stretches.map(({ performerId }) => performerId))];
  await query(lockPerformers, [performers]);
  const from = new Date(Math.min(...stretches.map(({ startedAt }) => startedAt.getTime())));
  const to = new Date(Math.max(...stretches.map(({ endedAt }) => endedAt.getTime())));
  return query<Busy>(busyBetween, [performers, from, to, but]);
}

async function recordedOf({ query }: Work, orderId: string): Promise<number> {
  const [row] = await query<{ recorded: number }>(totalOf, [orderId]);
  return row?.recorded ?? 0;
}

const lockPerformers = `
  select pg_advisory_xact_lock(hashtextextended('performer ' || id, 0))
  from (select id from unnest($1::text[]) as id order by id) as sorted`;

// Nobody is with one person for longer than a day.
const busyBetween = `
  select performer_id as "performerId", started_at as "startedAt", ended_at as "endedAt" from delivery
  where performer_id = any($1::uuid[]) and started_at > $2::timestamptz - interval '24 hours' and started_at < $3
    and state <> 'REJECTED' and outcome in ('DELIVERED', 'CLIENT_ABSENT') and id is distinct from $4::uuid`;

const content = `delivered_on as "deliveredOn", quantity, started_at as "startedAt", ended_at as "endedAt",
  performer_id as "performerId", place_id as "placeId", outcome, absence_cause as "absenceCause"`;

// As the device sent it, whatever was corrected since.
const firstTold = `
  select d.id, d.order_id as "orderId", told."deliveredOn", told.quantity, told."startedAt", told."endedAt",
    told."performerId", told."placeId", told.outcome, told."absenceCause"
  from delivery d cross join lateral (
    select v.version, ${content} from delivery_version v where v.delivery_id = d.id
    union all select c.version, ${content} from delivery c where c.id = d.id
    order by version limit 1) told
  where d.id = any($1::uuid[])`;

const totalOf = `
  select (select coalesce(sum(quantity), 0) from delivery
          where order_id = $1 and state <> 'REJECTED' and outcome in ('DELIVERED', 'CLIENT_ABSENT'))::float8
       - (select coalesce(sum(quantity), 0) from excess_permit where order_id = $1)::float8 as recorded`;
