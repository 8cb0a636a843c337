import { randomBytes } from 'node:crypto';
import type { Principal } from '@okienko/chassis/access';
import { addDays, dayOf } from '@okienko/contracts/calendar';
import {
  programmeEnteredIntoForceV1,
  type ProgrammeEnteredIntoForceV1,
} from '@okienko/contracts/catalogue/programme-entered-into-force.v1';
import { serviceOfferPublishedV1 } from '@okienko/contracts/catalogue/service-offer-published.v1';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { capacityOpenedV1 } from '@okienko/contracts/providers/capacity-opened.v1';
import { deliveryAcceptedV1 } from '@okienko/contracts/providers/delivery-accepted.v1';
import { serviceOrderAcceptedV1 } from '@okienko/contracts/providers/service-order-accepted.v1';
import { serviceOrderDeclinedV1 } from '@okienko/contracts/providers/service-order-declined.v1';
import { generatePesel } from '@okienko/identifiers/pesel-generator';
import type { Clock } from '@okienko/messaging/clock';
import { generateSealingKeyPair, type SealingKeyPair } from '@okienko/privacy/sealed-payload';
import { type Answer, type Call, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { casesService } from './service';

export const today = dayOf(new Date());
export const gmina = '2861011';
export const desk = { sub: 'desk-anna', roles: ['desk'] } as const;
export const coordinator = { sub: 'kipus-ewa', roles: ['coordinator'] } as const;
export const director = { sub: 'director-jan', roles: ['director'] } as const;
export const organiser = { sub: 'ous-olga', roles: ['services-organiser'] } as const;
export const finance = { sub: 'finance-ala', roles: ['finance'] } as const;
export const operator = { sub: 'operator-1', roles: ['operator'] } as const;
export const auditor = { sub: 'auditor-iga', roles: ['auditor'] } as const;
export const statement = { clauseVersion: '2020-01-01', acknowledged: true };

export interface Filed {
  readonly id: string;
  readonly personId: string;
  readonly itemIds: readonly string[];
}
export interface Qualified extends Filed {
  readonly itemId: string;
  readonly providerId: string;
}
export type Json = Record<string, unknown>;
/** What an edition says of a service beyond its limit: criteria, priorities, for how long it is granted, fee. */
type ServiceTerms = Partial<ProgrammeEnteredIntoForceV1['services'][number]>;

/** What component tests say again and again, in the words of the trade. Other services are played by their events. */
export class Scenario {
  private readonly sequences = new Map<string, number>();
  /** Who has places for an offer. */
  private readonly providers = new Map<string, string>();
  private serial = Math.floor(Math.random() * 4000);

  private constructor(
    readonly service: ServiceUnderTest,
    readonly notificationsKey: SealingKeyPair,
  ) {}

  /** A clock of the test's own lets days pass; `more` is configuration. */
  static async start(clock?: Clock, more: Record<string, string> = {}): Promise<Scenario> {
    const notificationsKey = await generateSealingKeyPair();
    const keys = {
      MASTER_KEY: randomBytes(32).toString('base64'),
      BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
      SEALING_PUBLIC_KEY: JSON.stringify(notificationsKey.publicJwk),
      ...more,
    };
    const service = await startForTest(casesService, keys, clock);
    return new Scenario(service, notificationsKey);
  }

  /** POST as somebody; If-Match when a version is given. */
  post(
    path: string,
    as: Partial<Principal>,
    body: unknown = {},
    ifMatch?: number,
    more: Call = {},
  ): Promise<Answer<Json>> {
    return this.service.http('POST', path, { as, body, ...(ifMatch === undefined ? {} : { ifMatch }), ...more });
  }

  get(path: string, as: Partial<Principal>, headers: Record<string, string> = {}): Promise<Answer<Json>> {
    return this.service.http('GET', path, { as, headers });
  }

  /** An invented PESEL of somebody born in 1844, so of nobody. */
  pesel(): string {
    return generatePesel('1844-05-14', (this.serial += 1));
  }

  async person(terc = gmina, as: Partial<Principal> = desk): Promise<string> {
    return idOf(await this.post('/persons', as, { givenName: 'Żaneta', familyName: 'Łoś', terc }));
  }

  /** A programme in force with one service, its published offer, and a provider with places for it. */
  async offer(
    places: number,
    more: {
      queueRule?: 'NONE' | 'FILING_TIME';
      validTo?: string;
      dataScope?: string[];
      terms?: ServiceTerms;
      referralScope?: string[];
    } = {},
  ): Promise<{ offerId: string; programmeId: string }> {
    const [programmeId, offerId] = [uuidv7(), uuidv7()];
    const { queueRule = 'NONE', terms, referralScope } = more;
    const services = [
      {
        serviceCode: 'teleopieka',
        expectedPersons: places,
        queueRule,
        ...terms,
        ...(referralScope ? { referralScope } : {}),
      },
    ];
    const period = { validFrom: addDays(today, -300), validTo: more.validTo ?? addDays(today, 300) };
    await this.tell(
      event(programmeEnteredIntoForceV1, programmeId, {
        programmeVersion: 1,
        terc: gmina,
        ...period,
        services,
        dataScope: more.dataScope ?? [],
      }),
    );
    await this.known('select 1 from programme where id = $1', [programmeId]);
    const offer = {
      programmeId,
      serviceCode: 'teleopieka',
      legalTrack: 'PUS',
      recipientKind: 'PERSON',
      terc: gmina,
      unit: 'HOUR',
    } as const;
    await this.tell(event(serviceOfferPublishedV1, offerId, { ...offer, areas: ['wspieranie'], name: 'Teleopieka' }));
    await this.known('select 1 from offer where id = $1', [offerId]);
    this.providers.set(offerId, await this.capacity(offerId));
    return { offerId, programmeId };
  }

  async file(offerIds: readonly string[], more: Json = {}, as: Partial<Principal> = desk): Promise<Filed> {
    const personId = (more['personId'] as string | undefined) ?? (await this.person());
    const items = offerIds.map((offerId) => ({ offerId }));
    const body = { personId, applicantRole: 'PERSON', channel: 'DESK', statement, items, ...more };
    const answer = await this.post('/applications', as, body);
    const id = idOf(answer);
    return { id, personId, itemIds: (answer.body['items'] as { id: string }[]).map((item) => item.id) };
  }

  /** One item's act, as the coordinator, at the application's present version. */
  async actOnItem(
    { id }: Filed,
    itemId: string,
    act: string,
    as: Partial<Principal> = coordinator,
    body: unknown = {},
  ): Promise<Answer<Json>> {
    return this.post(`/applications/${id}/items/${itemId}/${act}`, as, body, await this.version(`/applications/${id}`));
  }

  async qualified(offerId: string, more: Json = {}): Promise<Qualified> {
    const filed = await this.file([offerId], more);
    const [itemId = ''] = filed.itemIds;
    expect(await this.actOnItem(filed, itemId, 'qualification')).toMatchObject({ status: 200 });
    return { ...filed, itemId, providerId: this.providers.get(offerId) ?? '' };
  }

  async recognised({ id }: Filed): Promise<void> {
    const scheduled = await this.post('/needs-recognitions', coordinator, {
      applicationId: id,
      scheduledFor: `${today}T09:00:00+02:00`,
      place: 'CENTRE',
    });
    const sections = {
      voicedNeeds: 'Boję się nocy.',
      servicesUsed: 'Brak',
      groundsAndPossibilities: 'Sąsiadka',
      feesInformation: 'Bezpłatnie',
    };
    expect(await this.post(`/needs-recognitions/${idOf(scheduled)}/record`, coordinator, sections, 1)).toMatchObject({
      status: 200,
    });
  }

  async authorisation(holder: string, scope: string[], more: Json = {}): Promise<string> {
    const period = { validFrom: addDays(today, -10), validTo: addDays(today, 10) };
    return idOf(
      await this.post('/authorisations', operator, { holder, number: 'OR.077.12.2026', scope, ...period, ...more }),
    );
  }

  planBody({ id, itemId, providerId }: Qualified, more: Json = {}): Json {
    const item = {
      itemId,
      providerId,
      place: 'u pani w domu',
      schedule: 'codziennie 22–6',
      quantity: 30,
      unit: 'HOUR',
    };
    return { applicationId: id, from: today, to: addDays(today, 90), items: [item], goals: ['spokojny sen'], ...more };
  }

  /** A plan drafted by the coordinator, agreed, and waiting for approval at version 3. */
  async pendingPlan(more: Json = {}): Promise<{ planId: string; application: Qualified; offerId: string }> {
    const { offerId } = await this.offer(5);
    const application = await this.qualified(offerId);
    await this.recognised(application);
    const planId = idOf(await this.post('/plans', coordinator, this.planBody(application, more)));
    expect(
      await this.post(`/plans/${planId}/agreement`, coordinator, { manner: 'SIGNATURE', agreedOn: today }, 1),
    ).toMatchObject({ status: 200 });
    expect(await this.post(`/plans/${planId}/submission`, coordinator, {}, 2)).toMatchObject({ status: 200 });
    return { planId, application, offerId };
  }

  /** An approved plan, at version 4, with its one allocation referred. */
  async approvedPlan(): Promise<{
    planId: string;
    allocationId: string;
    providerId: string;
    offerId: string;
    application: Qualified;
  }> {
    const pending = await this.pendingPlan();
    const authorisationId = await this.authorisation(director.sub, ['APPROVE_PLANS']);
    const answer = await this.post(`/plans/${pending.planId}/approval`, director, { authorisationId }, 3);
    const [allocation] = answer.body['allocations'] as { id: string }[];
    const allocationId = allocation?.id ?? '';
    const { body } = await this.get(`/allocations/${allocationId}`, coordinator);
    return { ...pending, allocationId, providerId: body['providerId'] as string };
  }

  async capacity(offerId: string, providerId = uuidv7()): Promise<string> {
    const id = uuidv7();
    const facts = { providerId, offerId, places: 3, free: 3, from: today, to: addDays(today, 90) };
    await this.tell(event(capacityOpenedV1, id, facts));
    await this.known('select 1 from capacity where id = $1', [id]);
    return providerId;
  }

  async version(path: string): Promise<number> {
    return (await this.get(path, director)).body['version'] as number;
  }

  /** Puts another service's event on its stream, in the order of its aggregate. */
  async tell(fact: DomainEvent): Promise<void> {
    const sequence = (this.sequences.get(fact.subject) ?? 0) + 1;
    this.sequences.set(fact.subject, sequence);
    await this.service.publish(fact, { sequence });
  }

  async known(sql: string, values: unknown[]): Promise<void> {
    await this.service.eventually(async () => expect(await this.service.sql(sql, values)).not.toHaveLength(0));
  }

  /** Everything that has been stated about an aggregate, in order: names of its events without `cases.` and version. */
  async facts(id: string): Promise<string[]> {
    const rows = await this.service.sql<{ type: string }>(
      "select event::json ->> 'type' as type from outbox where aggregate_id = $1 order by sequence",
      [id],
    );
    return rows.map(({ type }) => type.replace('pl.okienko.cases.', '').replace('.v1', ''));
  }

  /** Who touched a person's data, as the access log has it. */
  accesses(personId: string): Promise<Json[]> {
    return this.service.sql(
      'select act, actor, purpose, field_groups as groups, case_ref as "caseRef" from access_log where person_id = $1 order by position',
      [personId],
    );
  }

  stop(): Promise<void> {
    return this.service.stop();
  }

  /** One act on an application as a whole, at its present version unless another is given. */
  async act(
    id: string,
    name: string,
    body: object = {},
    as: Partial<Principal> = coordinator,
    { key, version }: { key?: string; version?: number } = {},
  ): Promise<Answer<Json>> {
    const ifMatch = version ?? (await this.version(`/applications/${id}`));
    return this.post(`/applications/${id}/${name}`, as, body, ifMatch, key === undefined ? {} : { key });
  }

  /** The clocks of an application, those that have ended too. */
  clocks(applicationId: string): Promise<Json[]> {
    return this.service.sql(
      `select kind, subject_id::text as subject, assignee, awaited, due_on::text as "dueOn", ending from deadline
       where application_id = $1 order by kind, started_at`,
      [applicationId],
    );
  }

  /** The act, sent twice under one Idempotency-Key: it is answered alike and done once. */
  async twice(path: string, as: Partial<Principal>, body: unknown = {}, ifMatch?: number): Promise<Answer<Json>> {
    const key = crypto.randomUUID();
    const first = await this.post(path, as, body, ifMatch, { key });
    const again = await this.post(path, as, body, ifMatch, { key });
    const { instance: _, ...answered } = first.body;
    expect([again.status, again.body]).toMatchObject([first.status, answered]);
    return first;
  }

  /** The provider takes the order of this referral. */
  async accept({ allocationId, providerId, offerId }: Asked, attempt = 1, orderId = uuidv7()): Promise<string> {
    await this.tell(event(serviceOrderAcceptedV1, orderId, { allocationId, providerId, offerId, attempt }));
    return orderId;
  }

  async decline({ allocationId, providerId, offerId }: Asked, attempt = 1): Promise<void> {
    const answer = { allocationId, providerId, offerId, attempt, reasonCode: 'NO_CAPACITY' };
    await this.tell(event(serviceOrderDeclinedV1, uuidv7(), answer));
  }

  /** So many hours of today, recorded under the order and accepted by the centre. */
  async deliver({ allocationId, providerId }: Asked, orderId: string, quantity: number): Promise<string> {
    const deliveryId = uuidv7();
    const facts = { orderId, allocationId, providerId, deliveredOn: today, quantity, unit: 'HOUR' } as const;
    await this.tell(event(deliveryAcceptedV1, deliveryId, facts));
    return deliveryId;
  }

  /** Waits until the allocation is as expected, and returns it. */
  async allocationBecomes(id: string, expected: Json): Promise<Json> {
    return this.service.eventually(async () => {
      const { body } = await this.get(`/allocations/${id}`, coordinator);
      expect(body).toMatchObject(expected);
      return body;
    });
  }
}

/** A referral as the provider sees it. */
export interface Asked {
  readonly allocationId: string;
  readonly providerId: string;
  readonly offerId: string;
}

export function idOf({ status, body }: Answer<Json>): string {
  expect({ status, body }).toMatchObject({ status: 201 });
  return body['id'] as string;
}

/** Last segment of the problem type, with the status. */
export const problemOf = ({ status, body }: Answer<Json>): [number, string | undefined] => [
  status,
  String(body['type']).split('/').at(-1),
];
