import { addDays, dayOf } from '@okienko/contracts/calendar';
import { allocationCompletedV1 } from '@okienko/contracts/cases/allocation-completed.v1';
import { allocationCreatedV1 } from '@okienko/contracts/cases/allocation-created.v1';
import { type AllocationReferredV1, allocationReferredV1 } from '@okienko/contracts/cases/allocation-referred.v1';
import { serviceOfferDraftedV1 } from '@okienko/contracts/catalogue/service-offer-drafted.v1';
import { serviceOfferPublishedV1 } from '@okienko/contracts/catalogue/service-offer-published.v1';
import { serviceOfferWithdrawnV1 } from '@okienko/contracts/catalogue/service-offer-withdrawn.v1';
import { type DomainEvent, event, type EventContract } from '@okienko/contracts/event';
import type { Answer, ServiceUnderTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import type { ServiceOrderView } from './service-orders/service-orders.dto';

type Place = { readonly providerId: string; readonly offerId: string };

export const today = dayOf(new Date());
export const gmina = '2861011';
export const organiser = { sub: 'ous-olga', roles: ['services-organiser'] } as const;
export const coordinator = { sub: 'kipus-anna', roles: ['coordinator'] } as const;
export const account = (providerId: string) => ({ sub: 'account', roles: ['provider'], providerId }) as const;

/** What component tests say again and again, in the words of the trade. Other services are played by their events. */
export class Scenario {
  private readonly sequences = new Map<string, number>();

  constructor(private readonly service: ServiceUnderTest) {}

  async registerProvider(): Promise<string> {
    const body = { kind: 'NGO', name: { pl: 'Fundacja Blisko' }, terc: gmina };
    return idOf(await this.service.http('POST', '/providers', { as: organiser, body }));
  }

  async publishOffer(): Promise<string> {
    const offerId = uuidv7();
    const code = { legalTrack: 'PUS', terc: gmina };
    const offer = { ...code, recipientKind: 'PERSON' as const, areas: ['wspieranie'], unit: 'HOUR' as const };
    await this.tell(event(serviceOfferDraftedV1, offerId, code, gmina));
    await this.tell(event(serviceOfferPublishedV1, offerId, { ...offer, name: 'Teleopieka' }, gmina));
    await this.offerIs(offerId, true);
    return offerId;
  }

  async withdrawOffer(offerId: string): Promise<void> {
    await this.tell(event(serviceOfferWithdrawnV1, offerId, { reasonCode: 'PROGRAMME_ENDED' }, gmina));
    await this.offerIs(offerId, false);
  }

  openCapacity({ providerId, offerId }: Place, places: number, from = addDays(today, -30), to = addDays(today, 300)) {
    const body = { providerId, offerId, places, from, to };
    return this.service.http('POST', '/capacities', { as: organiser, body });
  }

  /** A provider that offers so many places for a published offer. */
  async places(places: number): Promise<Place & { capacityId: string }> {
    const place = { providerId: await this.registerProvider(), offerId: await this.publishOffer() };
    return { ...place, capacityId: idOf(await this.openCapacity(place, places)) };
  }

  /** Refers a new allocation of ten hours around today; returns the order that came of it. */
  async refer(place: Place, terms: Partial<AllocationReferredV1> = {}): Promise<ServiceOrderView> {
    const allocationId = uuidv7();
    const planId = uuidv7();
    const service = { from: addDays(today, -10), to: addDays(today, 20), quantity: 10, unit: 'HOUR' } as const;
    const created = { planId, personId: uuidv7(), offerId: place.offerId, ...service };
    await this.tell(event(allocationCreatedV1, allocationId, created, gmina));
    await this.referAgain(allocationId, { planId, attempt: 1, ...service, ...terms, ...pick(place) });
    return this.orderOf(allocationId);
  }

  referAgain(allocationId: string, referral: AllocationReferredV1): Promise<void> {
    return this.tell(event(allocationReferredV1, allocationId, referral, gmina));
  }

  /** An order that its provider has accepted. */
  async acceptedOrder(place: Place, terms: Partial<AllocationReferredV1> = {}): Promise<ServiceOrderView> {
    const order = await this.refer(place, terms);
    await this.accept(order);
    return this.orderOf(order.allocationId);
  }

  accept({ id, version, providerId }: ServiceOrderView): Promise<Answer> {
    return this.service.http('POST', `/service-orders/${id}/acceptance`, { as: account(providerId), ifMatch: version });
  }

  record({ id, providerId }: ServiceOrderView, quantity: number, more: object = {}): Promise<Answer> {
    const body = { orderId: id, deliveredOn: today, quantity, ...more };
    return this.service.http('POST', '/deliveries', { as: account(providerId), body });
  }

  /** The case comes to its end; waits until the order has as well. */
  async complete({ id, allocationId, providerId, offerId }: ServiceOrderView): Promise<void> {
    const facts = { planId: uuidv7(), personId: uuidv7(), offerId, providerId, orderId: id, completedOn: today };
    await this.tell(event(allocationCompletedV1, allocationId, facts, gmina));
    await this.service.eventually(async () => {
      expect(await this.orderOf(allocationId)).toMatchObject({ state: 'COMPLETED' });
    });
  }

  async orderOf(allocationId: string): Promise<ServiceOrderView> {
    const [order] = await this.eventuallySome<ServiceOrderView>(
      'select id, version, state, allocation_id as "allocationId", attempt, provider_id as "providerId", ' +
        'offer_id as "offerId" from service_order where allocation_id = $1 order by attempt desc',
      [allocationId],
    );
    return order as ServiceOrderView;
  }

  async free(capacityId: string): Promise<number | undefined> {
    const [row] = await this.service.sql<{ free: number }>('select free from capacity where id = $1', [capacityId]);
    return row?.free;
  }

  /** The centre says something of the allocation of this order. */
  say(
    contract: EventContract,
    { allocationId, offerId, providerId, attempt }: ServiceOrderView,
    data: object,
  ): Promise<void> {
    return this.tell(event(contract, allocationId, { offerId, providerId, attempt, ...data }, gmina));
  }

  /** Holds a place for ten days from today. */
  hold(capacityId: string, more: object = {}, call: object = {}): Promise<Answer> {
    const days = { from: today, to: addDays(today, 9) };
    const body = { holderRef: uuidv7(), ...days, quantity: 2, unit: 'RIDE', minutes: 15, ...more };
    return this.service.http('POST', `/capacities/${capacityId}/holds`, { as: coordinator, body, ...call });
  }

  /** What was told of an aggregate, in order. */
  async facts(id: string): Promise<string[]> {
    const sql = `select event::jsonb ->> 'type' as name from outbox where aggregate_id = $1 order by sequence`;
    return (await this.service.sql<{ name: string }>(sql, [id])).map(({ name }) => name.split('.').at(-2) ?? '');
  }

  /** One of the provider's staff. */
  async performer(providerId: string): Promise<string> {
    const body = { providerId, kind: 'STAFF', name: 'Anna Przykładowa', from: addDays(today, -60) };
    return idOf(await this.service.http('POST', '/performers', { as: account(providerId), body }));
  }

  /** Where a provider serves. */
  async placeOf(providerId: string): Promise<string> {
    const body = { providerId, name: 'Klub', address: 'ul. Winna 9, Elbląg' };
    return idOf(await this.service.http('POST', '/places', { as: account(providerId), body }));
  }

  private async tell(fact: DomainEvent): Promise<void> {
    const sequence = (this.sequences.get(fact.subject) ?? 0) + 1;
    this.sequences.set(fact.subject, sequence);
    await this.service.publish(fact, { sequence });
  }

  private async offerIs(offerId: string, published: boolean): Promise<void> {
    await this.eventuallySome('select 1 from service_offer where id = $1 and published = $2', [offerId, published]);
  }

  private async eventuallySome<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    let rows: Row[] = [];
    await this.service.eventually(async () => {
      rows = await this.service.sql<Row>(sql, values);
      expect(rows).not.toHaveLength(0);
    });
    return rows;
  }
}

const pick = ({ providerId, offerId }: Place): Place => ({ providerId, offerId });

export function idOf({ status, body }: Answer): string {
  expect({ status, body }).toMatchObject({ status: 201 });
  return (body as { id: string }).id;
}
