import { randomBytes } from 'node:crypto';
import { loadConfig } from '@okienko/chassis/config';
import type { Changed } from '@okienko/chassis/http';
import { rebuildProjection } from '@okienko/chassis/rebuild-service';
import { allocationCreatedV1 } from '@okienko/contracts/cases/allocation-created.v1';
import { allocationStartedV1 } from '@okienko/contracts/cases/allocation-started.v1';
import { applicationQualifiedV1 } from '@okienko/contracts/cases/application-qualified.v1';
import { applicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { deliveryAcceptedV1 } from '@okienko/contracts/providers/delivery-accepted.v1';
import { deliveryRecordedV1 } from '@okienko/contracts/providers/delivery-recorded.v1';
import { providerRegisteredV1, type ProviderRegisteredV1 } from '@okienko/contracts/providers/provider-registered.v1';
import { settlementApprovedV1 } from '@okienko/contracts/providers/settlement-approved.v1';
import { type Answer, type Call, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { CatalogueConfig } from './config';
import type { ProgrammeContent } from './programmes/programme-content';
import { exampleProgramme } from './programmes/programme-example';
import { catalogueService } from './service';
import { exampleProgrammeOffer } from './service-offers/service-offer-example';

export const organiser = { sub: 'organiser-ewa', roles: ['services-organiser'] } as const;
export const director = { sub: 'director-jan', roles: ['director'] } as const;
export const gmina = '2861011';

/** A programme on its way through the other services, which are played by their events. */
export class Scenario {
  private readonly sequences = new Map<string, number>();

  private constructor(readonly service: ServiceUnderTest) {}

  static async start(now: () => Date): Promise<Scenario> {
    return new Scenario(await startForTest(catalogueService, {}, { now }));
  }

  post<Body = Changed>(path: string, call: Call = {}): Promise<Answer<Body>> {
    return this.service.http<Body>('POST', path, { as: organiser, body: {}, ...call });
  }

  async programmeInForce(changes: Partial<ProgrammeContent> = {}): Promise<Changed> {
    let { body } = await this.post('/programmes', { body: exampleProgramme(changes) });
    for (const [act, data] of [
      ['adoption', { resolutionNumber: 'I/1/2025', adoptedOn: '2025-01-02' }],
      ['journal-publication', { journalReference: 'poz. 1', publishedOn: '2025-01-10' }],
    ] as const)
      ({ body } = await this.post(`/programmes/${body.id}/${act}`, { body: data, ifMatch: body.version }));
    return body;
  }

  async offer(programmeId: string, serviceCode: string): Promise<string> {
    const { body } = await this.post('/service-offers', {
      body: { ...exampleProgrammeOffer(programmeId), serviceCode },
    });
    await this.post(`/service-offers/${body.id}/publication`, { ifMatch: body.version });
    return body.id;
  }

  /** The next event of its aggregate. */
  async tell(fact: DomainEvent): Promise<void> {
    const sequence = (this.sequences.get(fact.subject) ?? 0) + 1;
    this.sequences.set(fact.subject, sequence);
    await this.service.publish(fact, { sequence });
  }

  async provider(kind: ProviderRegisteredV1['kind']): Promise<string> {
    const id = uuidv7();
    await this.tell(event(providerRegisteredV1, id, { kind }));
    return id;
  }

  /** The person applies for the offer, is qualified, and gets so many hours, each on the day and accepted when it says so. */
  async serves(
    personId: string,
    offerId: string,
    providerId: string,
    deliveries: readonly { on: string; hours: number; accepted: boolean }[],
    of = gmina,
  ): Promise<void> {
    const [applicationId, itemId, allocationId] = [uuidv7(), uuidv7(), uuidv7()];
    const planId = uuidv7();
    const applied = { personId, applicantRole: 'PERSON', channel: 'DESK', filedAt: '2025-03-02T08:00:00Z' } as const;
    const qualified = { programmeId: uuidv7(), programmeVersion: 1, qualifiedOn: '2025-03-05' };
    const period = { from: '2025-03-10', to: '2025-12-31', quantity: 100, unit: 'HOUR' } as const;
    await this.tell(event(applicationSubmittedV1, applicationId, { ...applied, items: [{ itemId, offerId }] }, of));
    await this.tell(event(applicationQualifiedV1, applicationId, { itemId, personId, offerId, ...qualified }, of));
    await this.tell(event(allocationCreatedV1, allocationId, { planId, personId, offerId, ...period }, of));
    for (const [at, { on, hours, accepted }] of deliveries.entries()) {
      const facts = {
        orderId: uuidv7(),
        allocationId,
        providerId,
        deliveredOn: on,
        quantity: hours,
        unit: 'HOUR',
      } as const;
      const deliveryId = uuidv7();
      await this.tell(event(deliveryRecordedV1, deliveryId, facts, of));
      if (!accepted) continue;
      await this.tell(event(deliveryAcceptedV1, deliveryId, facts, of));
      const started = { planId, personId, offerId, providerId, startedOn: on };
      if (at === 0) await this.tell(event(allocationStartedV1, allocationId, started, of));
    }
  }

  /** Everything told so far has reached the copies. */
  heard(): Promise<void> {
    return this.service.eventually(async () => {
      const rows = await this.service.sql<{ id: string; sequence: number }>(
        'select aggregate_id as id, sequence from inbox_position',
      );
      const reached = new Map(rows.map(({ id, sequence }) => [id, sequence]));
      for (const [id, sequence] of this.sequences) expect(reached.get(id)).toBe(sequence);
    });
  }

  /** Makes each copy anew from the beginning; the names of those that came out otherwise. */
  async differing(natsUrl: string): Promise<string[]> {
    const { database, namespace, issuer } = this.service;
    const config = loadConfig(CatalogueConfig, {
      DATABASE_URL: database.migrate,
      NATS_URL: natsUrl,
      EVENT_NAMESPACE: namespace,
      OIDC_ISSUER: issuer.url,
      MASTER_KEY: randomBytes(32).toString('base64'),
      RECEIPT_KEY: randomBytes(32).toString('base64'),
    });
    const differing: string[] = [];
    for (const projection of catalogueService.projections ?? []) {
      const settings = { projection, swap: false, say: () => undefined };
      const { equal, events } = await rebuildProjection(catalogueService, config, settings);
      if (!equal || events === 0) differing.push(`${projection.name}: ${events} events`);
    }
    return differing;
  }

  /** A settlement of the month for the offer has been approved. */
  settled(offerId: string, month: string, grosze: number): Promise<void> {
    const whole = { agreementId: uuidv7(), providerId: uuidv7(), month, grosze, digest: 'a'.repeat(64) };
    const offers = [{ offerId, unit: 'HOUR', quantity: 20, grosze }];
    return this.tell(event(settlementApprovedV1, uuidv7(), { ...whole, offers, funding: [{ source: 'OWN', grosze }] }));
  }
}
