import { addDays, dayOf } from '@okienko/contracts/calendar';
import { type Api, type Changed, until } from './api';
import type { Resident } from './resident';
import type { Seeded } from './seed';

/** What a journey tells while it goes on. */
export interface Teller {
  /** An act, after it was done. */
  step(title: string, detail?: string): void;
  /** Something that came in: an event at the partner's, a message in the mailbox. */
  arrival(text: string): void;
}

/** What can be seen from outside: the resident's mailbox and the partner's desk. */
export interface Witness {
  mails(to: string): Promise<readonly { subject: string }[]>;
  webhooks(): Promise<readonly { id: string; name: string; subject: string; verified: boolean }[]>;
}

interface Item {
  readonly id: string;
  readonly offerId: string;
  readonly state: string;
}

interface Allocation extends Changed {
  readonly offerId: string;
  readonly state: string;
  readonly providerId: string;
}

interface Listed<T> {
  readonly items: readonly T[];
}

export interface JourneyResult {
  readonly personId: string;
  readonly planId: string;
  readonly milliseconds: number;
  readonly mails: number;
  readonly webhooks: number;
}

const desk = 'desk-anna';
const coordinator = 'coordinator-ewa';
const director = 'director-zofia';
const telecare = 'ecus-elblag--01';
const taxi = 'ecus-elblag--04';

/**
 * One resident's way through the centre, from the application to the closed plan, by the services' APIs alone. Every service may be
 * killed on the way: requests are repeated under their keys, and what came in by events is waited for.
 */
export class ResidentJourney {
  private readonly arrived = new Set<string>();
  private readonly ours = new Set<string>();

  constructor(
    private readonly api: Api,
    private readonly seeded: Seeded,
    private readonly witness: Witness,
    private readonly teller: Teller,
  ) {}

  async play(resident: Resident): Promise<JourneyResult> {
    const began = Date.now();
    const today = dayOf(new Date());
    const personId = await this.register(resident);
    const application = await this.apply(personId);
    await this.recogniseNeeds(application.id);
    await this.qualify(application.id, application.items);
    const planId = await this.plan(application.id, application.items, today);
    await this.providersAnswer(planId);
    await this.deliver(planId, today);
    await this.close(planId, today);
    const mails = await until('messages to the resident', async () => {
      await this.tellArrivals();
      const found = await this.witness.mails(resident.email);
      return found.length >= 5 ? found : undefined;
    });
    for (const { subject } of mails) this.teller.arrival(`mail to the resident: ${subject}`);
    await until('the last webhook', async () => {
      const all = await this.tellArrivals();
      return all.find(
        ({ name, subject, verified }) => verified && subject === planId && name === 'cases.plan.closed.v1',
      );
    });
    return { personId, planId, milliseconds: Date.now() - began, mails: mails.length, webhooks: this.arrived.size };
  }

  private async register({ givenName, familyName, birthDate, pesel, email }: Resident): Promise<string> {
    const { id } = await this.api.post(desk, 'cases', '/persons', {
      identifier: { kind: 'PESEL', value: pesel },
      givenName,
      familyName,
      birthDate,
      terc: '2861011',
      contact: { email, language: 'pl', form: 'STANDARD' },
    });
    this.ours.add(id);
    await this.tell('Resident registered at the desk', `${givenName} ${familyName} (invented)`);
    return id;
  }

  private async apply(personId: string): Promise<Changed & { items: readonly Item[] }> {
    const { items: clauses } = await this.api.get<Listed<{ version: string; validTo: string | null }>>(
      desk,
      'cases',
      '/statement-clauses',
    );
    const clauseVersion = clauses.find(({ validTo }) => validTo === null)?.version;
    const application = await until('the offers in the cases service', () =>
      this.api
        .post<Changed & { items: readonly Item[] }>(desk, 'cases', '/applications', {
          personId,
          applicantRole: 'PERSON',
          channel: 'DESK',
          statement: { clauseVersion, acknowledged: true },
          items: [{ offerId: this.idOf(telecare) }, { offerId: this.idOf(taxi) }],
        })
        .catch((error: Error) => {
          if (/offer/i.test(error.message)) return undefined;
          throw error;
        }),
    );
    this.ours.add(application.id);
    await this.tell('Application for two services', 'telecare and rides, art. 35–36');
    return application;
  }

  private async recogniseNeeds(applicationId: string): Promise<void> {
    const scheduledFor = new Date(Date.now() + 60_000).toISOString();
    const talk = await this.api.post(coordinator, 'cases', '/needs-recognitions', {
      applicationId,
      scheduledFor,
      place: 'CENTRE',
    });
    this.ours.add(talk.id);
    await this.api.post(
      coordinator,
      'cases',
      `/needs-recognitions/${talk.id}/record`,
      {
        voicedNeeds: 'Bezpieczeństwo w domu po upadku, dojazdy do przychodni.',
        servicesUsed: 'Pomoc córki w weekendy.',
        groundsAndPossibilities: 'Zasadne są teleopieka i przewozy; sąsiadka pomoże w zakupach.',
        feesInformation: 'Usługi programu są bezpłatne.',
      },
      { ifMatch: talk.version },
    );
    await this.tell('Needs recognised in a talk', 'four sections, art. 37');
  }

  private async qualify(applicationId: string, items: readonly Item[]): Promise<void> {
    for (const { id } of items) {
      const { version } = await this.application(applicationId);
      await this.api.post(
        coordinator,
        'cases',
        `/applications/${applicationId}/items/${id}/qualification`,
        {},
        { ifMatch: version },
      );
    }
    await this.tell('Qualified for both, within the limits', 'art. 42');
  }

  private async plan(applicationId: string, items: readonly Item[], today: string): Promise<string> {
    const providers: Record<
      string,
      [provider: string, place: string, schedule: string, quantity: number, unit: string]
    > = {
      [this.idOf(telecare)]: ['prov-03', 'w domu', 'całą dobę', 2, 'PLACE'],
      [this.idOf(taxi)]: ['prov-02', 'Elbląg', 'do 6 przejazdów w miesiącu', 6, 'RIDE'],
    };
    const draft = await until('the providers in the cases service', () =>
      this.api
        .post(coordinator, 'cases', '/plans', {
          applicationId,
          from: today,
          to: addDays(today, 180),
          items: items.map(({ id, offerId }) => {
            const [provider = '', place, schedule, quantity, unit] = providers[offerId] ?? [];
            return { itemId: id, providerId: this.idOf(provider), place, schedule, quantity, unit };
          }),
          supportingActivities: ['Sąsiadka pomaga w zakupach.'],
          goals: ['Bezpieczne mieszkanie u siebie.'],
        })
        .catch((error: Error) => {
          if (/provider/i.test(error.message)) return undefined;
          throw error;
        }),
    );
    const { id } = draft;
    this.ours.add(id);
    await this.tell('Plan drafted', 'art. 38–39');
    const agreed = await this.api.post(
      coordinator,
      'cases',
      `/plans/${id}/agreement`,
      { manner: 'SIGNATURE', agreedOn: today },
      { ifMatch: draft.version },
    );
    const submitted = await this.api.post(
      coordinator,
      'cases',
      `/plans/${id}/submission`,
      {},
      { ifMatch: agreed.version },
    );
    await this.tell('Plan agreed with the resident and submitted');
    const authorisationId = this.idOf(`authorisation ${director}`);
    await this.api.post(
      director,
      'cases',
      `/plans/${id}/approval`,
      { authorisationId },
      { ifMatch: submitted.version },
    );
    await this.tell(
      'Plan approved by another, authorised person',
      'art. 41; the services are referred to their providers',
    );
    return id;
  }

  private async providersAnswer(planId: string): Promise<void> {
    const allocations = await this.allocations(planId);
    const allocationOf = (offer: string): Allocation => {
      const found = allocations.find(({ offerId }) => offerId === this.idOf(offer));
      if (!found) throw new Error(`The plan has no allocation of ${offer}.`);
      return found;
    };
    for (const { id } of allocations) this.ours.add(id);
    const [home, rides] = [allocationOf(telecare), allocationOf(taxi)];
    await this.answer('provider-ecus', home.id, 'acceptance', {});
    await this.tell('First provider accepts', 'a place is taken against capacity');
    await this.answer('provider-elblog', rides.id, 'declination', { reasonCode: 'NO_CAPACITY' });
    await this.tell('Second provider declines', 'NO_CAPACITY');
    const declined = await until('the decline in the cases service', async () => {
      const now = await this.api.get<Allocation>(coordinator, 'cases', `/allocations/${rides.id}`);
      return now.state === 'DECLINED' ? now : undefined;
    });
    await this.api.post(
      coordinator,
      'cases',
      `/allocations/${rides.id}/referral`,
      { providerId: this.idOf('prov-razem') },
      { ifMatch: declined.version },
    );
    await this.tell('Referred again, to another provider');
    await this.answer('provider-razem', rides.id, 'acceptance', {});
    await this.tell('The other provider accepts');
  }

  private async deliver(planId: string, today: string): Promise<void> {
    const account: Record<string, string> = {
      [this.idOf(telecare)]: 'provider-ecus',
      [this.idOf(taxi)]: 'provider-razem',
    };
    for (const { id, offerId } of await this.allocations(planId)) {
      const provider = account[offerId] ?? '';
      const order = await this.order(provider, id);
      const delivery = await this.api.post(provider, 'providers', '/deliveries', {
        orderId: order.id,
        deliveredOn: today,
        quantity: 1,
      });
      this.ours.add(delivery.id);
      await this.api.post(
        coordinator,
        'providers',
        `/deliveries/${delivery.id}/acceptance`,
        {},
        { ifMatch: delivery.version },
      );
    }
    await until('both services in delivery', async () => {
      const all = await this.allocations(planId);
      return all.every(({ state }) => state === 'IN_DELIVERY') ? true : undefined;
    });
    await this.tell('Deliveries recorded by the providers and accepted by the centre');
  }

  private async close(planId: string, today: string): Promise<void> {
    const acts: [string, object, string][] = [
      ['end', { reason: 'ITEMS_CLOSED' }, 'Plan ended'],
      [
        'closing-talk',
        { heldOn: today, outcome: 'HELD', note: 'Pani czuje się bezpiecznie.' },
        'Closing talk held, summed up',
      ],
      [
        'closure',
        { description: 'Usługi zrealizowano zgodnie z planem.' },
        'Description of course and results on file: plan closed',
      ],
    ];
    for (const [act, body, title] of acts) {
      const { version } = await this.api.get<Changed>(coordinator, 'cases', `/plans/${planId}`);
      await this.api.post(coordinator, 'cases', `/plans/${planId}/${act}`, body, { ifMatch: version });
      await this.tell(title, act === 'closure' ? 'art. 45(3)' : undefined);
    }
  }

  private async answer(provider: string, allocationId: string, act: string, body: object): Promise<void> {
    const order = await this.order(provider, allocationId);
    this.ours.add(order.id);
    await this.api.post(provider, 'providers', `/service-orders/${order.id}/${act}`, body, { ifMatch: order.version });
  }

  /** The provider's latest order for the allocation, as soon as the referral has reached it. */
  private order(provider: string, allocationId: string): Promise<Changed> {
    return until(`an order for ${provider}`, async () => {
      const { items } = await this.api.get<Listed<Changed>>(
        provider,
        'providers',
        `/service-orders?allocationId=${allocationId}`,
      );
      return items.at(-1);
    });
  }

  private async allocations(planId: string): Promise<readonly Allocation[]> {
    return (await this.api.get<Listed<Allocation>>(coordinator, 'cases', `/allocations?planId=${planId}`)).items;
  }

  private application(id: string): Promise<Changed> {
    return this.api.get<Changed>(coordinator, 'cases', `/applications/${id}`);
  }

  private idOf(key: string): string {
    const id = this.seeded[key];
    if (id === undefined) throw new Error(`The seed has no ${key}: run npm run reset and start again.`);
    return id;
  }

  private async tell(title: string, detail?: string): Promise<void> {
    this.teller.step(title, detail);
    await this.tellArrivals();
  }

  private async tellArrivals(): Promise<Awaited<ReturnType<Witness['webhooks']>>> {
    const all = (await this.witness.webhooks()).filter(({ subject }) => this.ours.has(subject));
    for (const { id, name, verified } of all) {
      if (this.arrived.has(id)) continue;
      this.arrived.add(id);
      this.teller.arrival(`webhook at the partner: ${name}${verified ? ', signature verified' : ', SIGNATURE WRONG'}`);
    }
    return all;
  }
}
