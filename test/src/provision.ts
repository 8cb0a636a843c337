import { addDays } from '@okienko/contracts/calendar';
import { eventually } from '@okienko/testing/eventually';
import { coordinator, director, type Json } from './accounts';
import type { Centre, Filed } from './centre';
import type { Offered } from './offering';

/** What follows a qualification: services referred to providers, singly or by a plan, accepted and delivered. */
export class Provision {
  constructor(private readonly centre: Centre) {}

  async allocateSingly(filed: Filed, quantity = 30): Promise<string> {
    const [offered] = filed.offers;
    const path = `/applications/${filed.id}/items/${filed.itemIds[0] ?? ''}/allocation`;
    const { today } = this.centre;
    const place = { place: 'ul. Kwiatowa 1', schedule: 'w poniedziałki' };
    const body = { providerId: offered?.providerId, from: today, to: addDays(today, 60), quantity, ...place };
    // The provider's places are told by an event.
    const { id } = await eventually(() => this.centre.post('cases', path, coordinator, body));
    return String(id);
  }

  /** Of all services that were applied for; every item but those left out, in the order of the application. */
  draft({ id, itemIds, offers }: Filed, more: Json = {}, without: readonly number[] = []): Json {
    const items = itemIds.map((itemId, at) => ({
      itemId,
      providerId: offers[at]?.providerId,
      place: 'w domu',
      schedule: 'we wtorki',
      quantity: 30,
      unit: 'HOUR',
    }));
    const { today } = this.centre;
    const kept = items.filter((_, at) => !without.includes(at));
    return { applicationId: id, from: today, to: addDays(today, 120), items: kept, goals: ['Samodzielność'], ...more };
  }

  /** The talk, a plan of all services, its agreement and approval. */
  async approvedPlan(filed: Filed): Promise<string> {
    await this.recogniseNeeds(filed);
    const draft = await eventually(() => this.centre.post('cases', '/plans', coordinator, this.draft(filed)));
    const plan = `/plans/${String(draft['id'])}`;
    await this.agreeAndApprove(plan);
    return plan;
  }

  async agreeAndApprove(plan: string): Promise<void> {
    const agreement = { manner: 'SIGNATURE', agreedOn: this.centre.today };
    await this.centre.act(plan, 'agreement', coordinator, agreement);
    await this.centre.act(plan, 'submission');
    const authorisationId = await this.centre.authorisation(director);
    await this.centre.act(plan, 'approval', director, { authorisationId });
  }

  async recogniseNeeds({ id: applicationId }: Filed): Promise<void> {
    const scheduledFor = `${this.centre.today}T12:00:00Z`;
    const talk = await this.centre.post('cases', '/needs-recognitions', coordinator, {
      applicationId,
      scheduledFor,
      place: 'CENTRE',
    });
    const words = { voicedNeeds: 'a', servicesUsed: 'b', groundsAndPossibilities: 'c', feesInformation: 'd' };
    const path = `/needs-recognitions/${String(talk['id'])}/record`;
    await this.centre.post('cases', path, coordinator, words, { ifMatch: 1 });
  }

  /** Ids of the plan's allocations by their offer. */
  async allocations(plan: string): Promise<Map<string, string>> {
    const all = await this.centre.list('cases', `/allocations?planId=${plan.split('/')[2] ?? ''}`);
    return new Map(all.map(({ offerId, id }) => [String(offerId), String(id)]));
  }

  /** As the provider sees it, once it has come. */
  order({ provider }: Offered, allocationId: string, expected: Json = {}): Promise<Json> {
    return eventually(async () => {
      const path = `/service-orders?allocationId=${allocationId}`;
      const orders = await this.centre.list('providers', path, provider);
      expect(orders.at(-1)).toMatchObject(expected);
      return orders.at(-1) ?? {};
    }, 15_000);
  }

  async accept(offered: Offered, allocationId: string): Promise<string> {
    const { id } = await this.order(offered, allocationId, { state: 'RECEIVED' });
    await this.centre.act(`/service-orders/${String(id)}`, 'acceptance', offered.provider, {}, 'providers');
    await this.becomes(allocationId, { state: 'ACCEPTED' });
    return String(id);
  }

  async deliver(offered: Offered, orderId: string, allocationId: string, quantity: number): Promise<void> {
    const body = { orderId, deliveredOn: this.centre.today, quantity };
    const { id } = await this.centre.post('providers', '/deliveries', offered.provider, body);
    await this.centre.act(`/deliveries/${String(id)}`, 'acceptance', coordinator, {}, 'providers');
    await this.becomes(allocationId, { state: 'IN_DELIVERY' });
  }

  /** As the office sees it. */
  async becomes(allocationId: string, expected: Json): Promise<void> {
    await eventually(
      async () => expect(await this.centre.get('cases', `/allocations/${allocationId}`)).toMatchObject(expected),
      15_000,
    );
  }

  async hasFree({ offerId, provider }: Offered, free: number): Promise<void> {
    await eventually(async () => {
      const capacities = await this.centre.list('providers', `/capacities?offerId=${offerId}`, provider);
      expect(capacities).toMatchObject([{ places: 3, free }]);
    }, 15_000);
  }
}
