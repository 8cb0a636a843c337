import { setTimeout as pause } from 'node:timers/promises';
import { ApiRefusal, type Changed } from '@okienko/local/api';
import { inventResident } from '@okienko/local/resident';
import type { Act, Assumptions } from '@okienko/local/sizing/model';
import type { Chance } from '../chance';
import { assumptions, drawn } from './assumptions';
import type { ServiceCode } from './generator';
import { course, deliver, register } from './matter';
import { type Listed, type Office, staff } from './office';
import type { World } from './world';

export type Rates = Readonly<Record<Act, number>>;

/** What is done a second in the mean hour of work, by the assumptions of `docs/sizing.md`. */
export function ratesOf(residents: number, { yearly, hoursOfWork }: Assumptions): Rates {
  const seconds = hoursOfWork.value * 3600;
  const rate = (act: Act): number => {
    const of = yearly[act];
    const journeys = 'perResident' in yearly.journey ? yearly.journey.perResident * residents : 0;
    return ('perResident' in of ? of.perResident * residents : of.perJourney * journeys) / seconds;
  };
  return { journey: rate('journey'), write: rate('write'), look: rate('look'), search: rate('search') };
}

/** Shares of a day's work by its hours from 8 to 16, and of a week's by its days: assumed; desks are busiest on Monday mornings. */
const hours = [1.5, 1.5, 1.3, 1.1, 0.9, 0.8, 0.6, 0.3];
const days = [0, 1.4, 1.05, 1, 0.95, 0.6, 0];
const night = 0.02;

/** How busy the city is, 1 in the mean hour of work; the moment is told in the time of the city. */
export function intensityAt(moment: Date): number {
  const ofDay = days[moment.getUTCDay()] ?? 0;
  const ofHour = hours[moment.getUTCHours() - 8] ?? 0;
  return Math.max(night, ofDay * ofHour);
}

/** One act, as it ended. */
export interface Done {
  readonly act: Act;
  /** From when it was due, not from when somebody had time for it. */
  readonly milliseconds: number;
  readonly failure?: string;
}

interface Order {
  readonly id: string;
  readonly by: string;
}

const words = ['opieka', 'taksówka', 'pomoc w domu', 'złota rączka', 'sąsiad', 'teleopieka', 'asystent'];
const readers = [staff.coordinator, 'coordinator-piotr', staff.organiser];
const mostAtOnce = 200;
/** Acts that were due and wait for those; with so many nobody can be served any more. */
const mostWaiting = 20_000;
const tick = 50;

/** Refused for what others have done meanwhile: the office's daily bread, and no fault. */
const expected = (error: unknown): boolean => error instanceof ApiRefusal && [409, 422].includes(error.status);

/** Residents, desks, coordinators and providers who do what the rates say, over HTTP, as their own accounts. */
export class Town {
  private going = true;
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly due = { journey: 0, write: 0, look: 0, search: 0 };
  private readonly orders: Order[] = [];
  private readonly persons: string[] = [];
  private readonly lives: Promise<unknown>[] = [];
  private readonly stopping = new AbortController();
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly office: Office,
    private readonly world: World,
    private readonly chance: Chance,
    /** What is done a second, now. */
    private readonly rates: () => Rates,
    /** Milliseconds that a week of a matter takes. */
    private readonly week: number,
    private readonly hear: (done: Done) => void,
  ) {}

  /** Those who are served already are found, and served on. */
  async start(): Promise<void> {
    for (const { account } of this.world.contractors) {
      const { items } = await this.office.get<Listed<Changed & { offerId: string }>>(
        account,
        'providers',
        '/service-orders?state=IN_DELIVERY&limit=100',
      );
      this.orders.push(...items.map(({ id }) => ({ id, by: account })));
    }
    const plans = await this.office.get<Listed<{ personId: string }>>(staff.coordinator, 'cases', '/plans?limit=100');
    this.persons.push(...plans.items.map(({ personId }) => personId));
    this.loop = this.live();
  }

  /** Nobody begins anything any more; what has begun is ended, but for matters that would go on for weeks. */
  async stop(): Promise<void> {
    this.going = false;
    this.stopping.abort();
    await this.loop;
    await Promise.allSettled(this.lives);
    while (this.running > 0) await pause(tick);
  }

  private async live(): Promise<void> {
    let last = Date.now();
    while (this.going) {
      await pause(tick);
      const now = Date.now();
      const rates = this.rates();
      for (const act of ['journey', 'write', 'look', 'search'] as const) {
        this.due[act] += (rates[act] * (now - last)) / 1000;
        // Whole acts by chance, so that they do not come in step.
        while (this.due[act] > this.chance.next()) {
          this.due[act] -= 1;
          void this.once(act, now);
        }
      }
      last = now;
    }
  }

  private async once(act: Act, since: number): Promise<void> {
    if (this.running < mostAtOnce) this.running += 1;
    else if (this.waiting.length >= mostWaiting)
      return this.hear({ act, milliseconds: 0, failure: 'too many at once' });
    else await new Promise<void>((begin) => this.waiting.push(begin));
    try {
      await this.acts[act]();
      this.hear({ act, milliseconds: Date.now() - since });
    } catch (error) {
      if (expected(error)) this.hear({ act, milliseconds: Date.now() - since });
      else this.hear({ act, milliseconds: Date.now() - since, failure: (error as Error).message.slice(0, 300) });
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  private readonly acts: Readonly<Record<Act, () => Promise<unknown>>> = {
    journey: async () => {
      const personId = await this.newcomer();
      // It goes on by itself; how long its acts take is heard of by the acts of others, which are the same.
      this.lives.push(this.matter(personId).catch((error: unknown) => this.troubled(error)));
    },
    write: async () => {
      const order = this.orders.length > 0 && this.chance.next() < 0.8 ? this.chance.pick(this.orders) : undefined;
      if (!order) {
        await this.newcomer();
        return;
      }
      try {
        await deliver(this.office, order.id, order.by);
        // It was two acts: a visit recorded, and accepted.
        this.due.write -= 1;
      } catch (error) {
        // All that was agreed has been delivered, or the matter has ended.
        if (expected(error)) this.orders.splice(this.orders.indexOf(order), 1);
        throw error;
      }
    },
    look: () => {
      const reader = this.chance.pick(readers);
      if (this.persons.length === 0) return this.office.get(reader, 'cases', '/applications?limit=20');
      const person = this.chance.pick(this.persons);
      const paths = [`/persons/${person}`, `/applications?personId=${person}`, `/plans?personId=${person}`];
      return this.office.get(reader, 'cases', this.chance.pick(paths));
    },
    search: () =>
      this.office.get(
        staff.desk,
        'catalogue',
        `/service-offer-search?q=${encodeURIComponent(this.chance.pick(words))}`,
      ),
  };

  private async newcomer(): Promise<string> {
    const resident = { ...inventResident(), age: 0, district: '', household: 0 };
    const id = await register(this.office, resident);
    this.persons.push(id);
    if (this.persons.length > 1000) this.persons.shift();
    return id;
  }

  private async matter(personId: string): Promise<void> {
    const service = drawn(assumptions.services.value, this.chance.next()) as ServiceCode;
    const outcome = drawn(assumptions.outcomes.value, this.chance.next());
    const deliveries = Number(drawn(assumptions.deliveries.value, this.chance.next()));
    for await (const _ of course(this.office, this.world, personId, { service, outcome, deliveries })) {
      await pause(this.week, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (!this.going) return;
    }
  }

  private troubled(error: unknown): void {
    if (!expected(error))
      this.hear({ act: 'journey', milliseconds: 0, failure: (error as Error).message.slice(0, 300) });
  }
}
