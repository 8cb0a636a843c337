import { dayOf } from '@okienko/contracts/calendar';
import type { DomainEvent } from '@okienko/contracts/event';
import type { Work } from '@okienko/messaging/unit-of-work';
import { drawDelivered } from '../agreements/cover';
import { assertMayPerform } from '../performers/performer-standing';
import { assertServesAt } from '../places/open-place';
import type { ServiceOrder } from '../service-orders/service-order';
import { Delivery } from './delivery';
import { DeliveryIdTaken, PerformerElsewhere } from './delivery-errors';
import { QuotaUse } from './quota-use';
import { counts, recordedUnder } from './recorded';
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
 * performer, taken after it and in the order of their ids, makes what they do elsewhere all that they do; then come those on quotas.
 */
export class Recording {
  private draws = false;
  private readonly standing = new Set<string>();

  private constructor(
    private readonly work: Work,
    private readonly order: ServiceOrder,
    private readonly now: Date,
    private readonly known: Map<string, Known>,
    private readonly busy: Busy[],
    /** What is recorded, less what is permitted beyond the order. */
    private recorded: number,
    private readonly quotas: QuotaUse,
  ) {}

  /** For each of these orders, which are locked in the order of their ids: what is told of them at once. */
  static async toRecord(
    work: Work,
    entries: readonly (readonly [ServiceOrder, readonly Entry[]])[],
    now: Date,
  ): Promise<Recording[]> {
    const orders = entries.map(([order]) => order);
    const all = entries.flatMap(([, some]) => some);
    const busy = await busyWhile(work, all);
    if (orders.length > 1) await QuotaUse.lock(work, orders);
    const told = work.query<Known>(firstTold, [all.map(({ id }) => id)]);
    const known = told.then((some) => new Map(some.map((one) => [one.id, one])));
    return Promise.all(
      orders.map(async (order) => {
        const [recorded, quotas] = await Promise.all([recordedUnder(work, order.id), QuotaUse.of(work, order)]);
        return new Recording(work, order, now, await known, busy, recorded, quotas);
      }),
    );
  }

  static async toCorrect(work: Work, order: ServiceOrder, entry: Entry, now: Date): Promise<Recording> {
    const busy = await busyWhile(work, [entry], entry.id);
    const recorded = await recordedUnder(work, order.id);
    return new Recording(work, order, now, new Map(), busy, recorded, await QuotaUse.of(work, order));
  }

  /** Draws on the agreements, once for all that was recorded. */
  static async end(work: Work, recordings: readonly Recording[]): Promise<void> {
    const drawing = recordings.filter(({ draws }) => draws).map(({ order }) => order.id);
    if (drawing.length > 0) await drawDelivered(work, drawing);
  }

  /** Records it, unless that has been done; says whether it is new. */
  async book({ id, visit }: Entry): Promise<boolean> {
    const known = this.known.get(id);
    if (known && (known.orderId !== this.order.id || !isSame(known, visit))) throw new DeliveryIdTaken();
    if (known) return false;
    this.order.checkDelivery(visit.deliveredOn, countedOf(visit), this.recorded, dayOf(this.now));
    await this.checkStanding(visit);
    const beyondQuota = await this.quotas.beyond(visit.deliveredOn, countedOf(visit));
    const { save } = this.work;
    if (visit.outcome === 'DELIVERED' && this.order.awaitsFirstDelivery)
      await save(this.order, this.order.start(visit.deliveredOn));
    const delivery = Delivery.record(id, this.order, visit, beyondQuota);
    await save(delivery, delivery.recorded());
    this.known.set(id, { ...visit, id, orderId: this.order.id });
    await this.count(visit, beyondQuota);
    return true;
  }

  /** Lets it be as the provider says now, if it may. Less than before on the same day is never too much for a quota. */
  async correct(delivery: Delivery, visit: Visit): Promise<DomainEvent> {
    const { visit: before, beyondQuota } = delivery;
    const { deliveredOn: on } = visit;
    this.recorded -= countedOf(before);
    this.order.checkVisit(on, countedOf(visit), this.recorded, dayOf(this.now));
    await this.checkStanding(visit);
    await this.quotas.count(before.deliveredOn, -countedOf(before), -beyondQuota);
    const isLess = on === before.deliveredOn && countedOf(visit) <= countedOf(before);
    const beyond = isLess
      ? await this.quotas.stillBeyond(on, countedOf(visit), beyondQuota)
      : await this.quotas.beyond(on, countedOf(visit));
    await this.count(visit, beyond);
    return delivery.correct(visit, beyond);
  }

  private async count(visit: Visit, beyondQuota: number): Promise<void> {
    this.draws = true;
    this.recorded += countedOf(visit);
    await this.quotas.count(visit.deliveredOn, countedOf(visit), beyondQuota);
    const stretch = busyOf(visit);
    if (stretch) this.busy.push(stretch);
  }

  private async checkStanding(visit: Visit): Promise<void> {
    const { performerId, placeId, deliveredOn: on } = visit;
    const { providerId, offerId, allocationId } = this.order;
    const stretch = busyOf(visit);
    if (stretch && this.busy.some((other) => overlap(stretch, other))) throw new PerformerElsewhere();
    if (performerId !== null)
      await this.once(`${performerId} ${on}`, () =>
        assertMayPerform(this.work, { performerId, providerId, offerId, on, allocationId }),
      );
    await this.once(`${placeId} ${on}`, () => assertServesAt(this.work, placeId, providerId, on));
  }

  /** What was asked of one delivery need not be asked of the next. */
  private async once(what: string, ask: () => Promise<void>): Promise<void> {
    if (this.standing.has(what)) return;
    await ask();
    this.standing.add(what);
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

const lockPerformers = `
  select pg_advisory_xact_lock(hashtextextended('performer ' || id, 0))
  from (select id from unnest($1::text[]) as id order by id) as sorted`;

// Nobody is with one person for longer than a day.
const busyBetween = `
  select performer_id as "performerId", started_at as "startedAt", ended_at as "endedAt" from delivery
  where performer_id = any($1::uuid[]) and started_at > $2::timestamptz - interval '24 hours' and started_at < $3
    and ${counts} and id is distinct from $4::uuid`;

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
