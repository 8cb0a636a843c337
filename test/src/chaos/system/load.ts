import { setTimeout as pause } from 'node:timers/promises';
import { addDays, dayOf } from '@okienko/contracts/calendar';
import { type Api, ApiRefusal, type Changed, until } from '@okienko/local/api';
import { inventResident } from '@okienko/local/resident';
import type { Chance } from '../../chance';
import type { World } from './world';

interface Item {
  readonly id: string;
  readonly offerId: string;
}

interface Listed<T> {
  readonly items: readonly T[];
}

const [desk, coordinator, director] = ['desk-anna', 'coordinator-ewa', 'director-zofia'];

/** Milliseconds. A steady load leaves the machine room for what is started again. */
const longestThought = 1000;

/** Refusals that the world allows for: places are few, somebody else was quicker. */
const expected = /limit-reached|Every place|capacity|place of this|provider-just-declined|wrong-state|stale/i;

/**
 * A steady load of residents' journeys through the APIs: each applies, gets a plan, is served many times, and most are closed. Some withdraw,
 * some orders are declined, and some ask for a service with hardly any places.
 */
export class Load {
  journeys = 0;
  readonly refusals: string[] = [];
  private going = true;
  private thinking = longestThought;
  private readonly running: Promise<void>[] = [];
  private readonly today = dayOf(new Date());

  constructor(
    private readonly api: Api,
    private readonly world: World,
    private readonly chance: Chance,
    private readonly deliveries: number,
  ) {}

  start(concurrency: number): void {
    for (let count = 0; count < concurrency; count += 1) this.running.push(this.repeat());
  }

  /** From now on nobody thinks before acting. */
  hurry(concurrency: number): void {
    this.thinking = 0;
    this.start(concurrency);
  }

  /** Ends the journeys at their next halt. */
  async stop(): Promise<void> {
    this.going = false;
    await Promise.all(this.running);
  }

  private async repeat(): Promise<void> {
    while (this.going) {
      try {
        await this.journey();
        this.journeys += 1;
      } catch (error) {
        if (!this.going) return;
        if (!(error instanceof ApiRefusal && expected.test(error.message)))
          this.refusals.push((error as Error).message.slice(0, 300));
      }
    }
  }

  private async journey(): Promise<void> {
    const application = await this.apply();
    if (this.chance.next() < 0.1) return this.withdraw(application);
    await this.recognise(application.id);
    const items = await this.qualify(application);
    if (items.length === 0 || !this.going) return;
    const planId = await this.plan(application.id, items);
    const { items: allocations } = await this.api.get<Listed<Changed>>(
      coordinator,
      'cases',
      `/allocations?planId=${planId}`,
    );
    for (const { id } of allocations) {
      if (!this.going) return;
      const performed = await this.answer(id);
      if (performed) await this.deliver(performed.account, performed.order);
    }
    if (this.going && this.chance.next() < 0.7) await this.close(planId);
  }

  private async apply(): Promise<Changed & { items: readonly Item[] }> {
    const { email, ...resident } = inventResident();
    const person = await this.api.post(desk, 'cases', '/persons', {
      givenName: resident.givenName,
      familyName: resident.familyName,
      birthDate: resident.birthDate,
      terc: '2861011',
      contact: { email, language: 'pl', form: 'STANDARD' },
    });
    const offers = this.chance.next() < 0.3 ? [this.world.wide, this.world.narrow] : [this.world.wide];
    return until('the offers in the cases service', () =>
      this.api
        .post<Changed & { items: readonly Item[] }>(desk, 'cases', '/applications', {
          personId: person.id,
          applicantRole: 'PERSON',
          channel: 'DESK',
          statement: { clauseVersion: '2020-01-01', acknowledged: true },
          items: offers.map((offerId) => ({ offerId })),
        })
        .catch((error: Error) => {
          if (/offer/i.test(error.message)) return undefined;
          throw error;
        }),
    );
  }

  private async withdraw({ id, items }: Changed & { items: readonly Item[] }): Promise<void> {
    for (const item of items) await this.act(desk, 'cases', `/applications/${id}`, `items/${item.id}/withdrawal`);
  }

  private async recognise(applicationId: string): Promise<void> {
    const scheduledFor = new Date(Date.now() + 60_000).toISOString();
    const talk = await this.api.post(coordinator, 'cases', '/needs-recognitions', {
      applicationId,
      scheduledFor,
      place: 'CENTRE',
    });
    const sections = {
      voicedNeeds: 'Dojazdy.',
      servicesUsed: 'Brak.',
      groundsAndPossibilities: 'Zasadne.',
      feesInformation: 'Bezpłatnie.',
    };
    await this.api.post(coordinator, 'cases', `/needs-recognitions/${talk.id}/record`, sections, {
      ifMatch: talk.version,
    });
  }

  /** Those that got a place. */
  private async qualify({ id, items }: Changed & { items: readonly Item[] }): Promise<Item[]> {
    const qualified: Item[] = [];
    for (const item of items) {
      try {
        await this.act(coordinator, 'cases', `/applications/${id}`, `items/${item.id}/qualification`);
        qualified.push(item);
      } catch (error) {
        if (!(error instanceof ApiRefusal && error.status === 409)) throw error;
        await this.act(desk, 'cases', `/applications/${id}`, `items/${item.id}/withdrawal`);
      }
    }
    return qualified;
  }

  private async plan(applicationId: string, items: readonly Item[]): Promise<string> {
    const { id: providerId } = this.chance.pick(this.world.providers);
    const draft = await until('the capacities in the cases service', () =>
      this.api
        .post(coordinator, 'cases', '/plans', {
          applicationId,
          from: this.today,
          to: addDays(this.today, 180),
          items: items.map(({ id }) => ({
            itemId: id,
            providerId,
            place: 'w domu',
            schedule: 'co dzień',
            quantity: 10_000,
            unit: 'RIDE',
          })),
        })
        .catch((error: Error) => {
          if (/provider/i.test(error.message)) return undefined;
          throw error;
        }),
    );
    const path = `/plans/${draft.id}`;
    await this.act(coordinator, 'cases', path, 'agreement', { manner: 'SIGNATURE', agreedOn: this.today });
    await this.act(coordinator, 'cases', path, 'submission');
    await this.act(director, 'cases', path, 'approval', { authorisationId: this.world.authorisationId });
    return draft.id;
  }

  /** The providers answer; who declines passes it on, and who has no place declines. */
  private async answer(allocationId: string): Promise<{ account: string; order: Changed } | undefined> {
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const { account, order } = await this.order(allocationId, attempt);
      const path = `/service-orders/${order.id}`;
      if (this.chance.next() > 0.15) {
        try {
          return { account, order: await this.act(account, 'providers', path, 'acceptance') };
        } catch (error) {
          if (!(error instanceof ApiRefusal && /place/.test(error.message))) throw error;
        }
      }
      await this.act(account, 'providers', path, 'declination', { reasonCode: 'NO_CAPACITY' });
      const declined = await until('the decline in the cases service', async () => {
        const now = await this.api.get<Changed & { state: string; providerId: string }>(
          coordinator,
          'cases',
          `/allocations/${allocationId}`,
        );
        return now.state === 'DECLINED' ? now : undefined;
      });
      const other = this.world.providers.find(({ id }) => id !== declined.providerId);
      await this.act(coordinator, 'cases', `/allocations/${allocationId}`, 'referral', { providerId: other?.id });
    }
    return undefined;
  }

  private order(allocationId: string, attempt: number): Promise<{ account: string; order: Changed }> {
    return until(`order ${attempt + 1}`, async () => {
      const { items } = await this.api.get<Listed<Changed & { providerId: string }>>(
        'coordinator-ewa',
        'providers',
        `/service-orders?allocationId=${allocationId}`,
      );
      const order = items[attempt];
      const account = this.world.providers.find(({ id }) => id === order?.providerId)?.account;
      return order && account ? { account, order } : undefined;
    });
  }

  private async deliver(account: string, order: Changed): Promise<void> {
    for (let count = 0; count < this.deliveries && this.going; count += 1) {
      await this.think();
      const body = { orderId: order.id, deliveredOn: this.today, quantity: 1 + this.chance.below(5) };
      const delivery = await this.api.post(account, 'providers', '/deliveries', body);
      await this.api.post(
        coordinator,
        'providers',
        `/deliveries/${delivery.id}/acceptance`,
        {},
        { ifMatch: delivery.version },
      );
    }
  }

  private async close(planId: string): Promise<void> {
    const path = `/plans/${planId}`;
    await until('the plan in force', async () => {
      const { state } = await this.api.get<{ state: string }>(coordinator, 'cases', path);
      return state === 'ACTIVE' ? true : undefined;
    });
    await this.act(coordinator, 'cases', path, 'end', { reason: 'ITEMS_CLOSED' });
    await this.act(coordinator, 'cases', path, 'closing-talk', {
      heldOn: this.today,
      outcome: 'HELD',
      note: 'Dobrze.',
    });
    await this.act(coordinator, 'cases', path, 'closure', { description: 'Zgodnie z planem.' });
  }

  private think(): Promise<unknown> {
    return this.thinking > 0 ? pause(this.chance.below(this.thinking)) : Promise.resolve();
  }

  /** An act on something as it is at this moment; what others have changed meanwhile is looked at again. */
  private async act(
    account: string,
    service: 'cases' | 'providers',
    path: string,
    act: string,
    body: object = {},
  ): Promise<Changed> {
    for (;;) {
      await this.think();
      const { version } = await this.api.get<Changed>(account === desk ? coordinator : account, service, path);
      try {
        return await this.api.post(account, service, `${path}/${act}`, body, { ifMatch: version });
      } catch (error) {
        if (!(error instanceof ApiRefusal && error.status === 412)) throw error;
      }
    }
  }
}
