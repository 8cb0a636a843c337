import { addDays, dayOf } from '@okienko/contracts/calendar';
import { allocationCreatedV1 } from '@okienko/contracts/cases/allocation-created.v1';
import { allocationReferredV1 } from '@okienko/contracts/cases/allocation-referred.v1';
import { serviceOfferDraftedV1 } from '@okienko/contracts/catalogue/service-offer-drafted.v1';
import { serviceOfferPublishedV1 } from '@okienko/contracts/catalogue/service-offer-published.v1';
import { event } from '@okienko/contracts/event';
import { v7 as uuidv7 } from 'uuid';
import { capture, type Captured } from './captured';
import { bodyOf } from './load';
import { capacityIds, offerIds, placesOf } from './places';
import { copied, type Played } from './played';
import type { Route } from './world';

/** Offers of which the provider has places. What an order is of can be read off its id's last two digits, as in what `places` gives. */
const offers = 256;
const persons = 5;
const visits = 4;
const today = dayOf(new Date());
const organiser = { sub: 'ous-olga', roles: ['services-organiser'] } as const;

/** A provider's orders: so many that wait for its word, one after the other, and some in delivery, of which a device tells a week's visits to five persons. */
export async function ordersOf(
  providers: Played,
  waiting: number,
): Promise<{ routes: Route[]; captured: Record<string, Captured> }> {
  const { pool, issuer, database } = providers.place;
  const gmina = '2861011';
  const kind = { kind: 'NGO', name: { pl: 'Fundacja Blisko' }, terc: gmina };
  const providerId = await providers.make('/providers', organiser, kind);
  const account = { sub: 'account', roles: ['provider'], providerId } as const;
  const offerId = `${offerIds}00`;
  const code = { legalTrack: 'PUS', terc: gmina } as const;
  await providers.tell(event(serviceOfferDraftedV1, offerId, code, gmina));
  const offer = { ...code, recipientKind: 'PERSON', unit: 'HOUR', name: 'Teleopieka' } as const;
  await providers.tell(event(serviceOfferPublishedV1, offerId, { ...offer, areas: ['wspieranie'] }, gmina));
  await providers.row('service_offer', 'published and id', offerId);
  const period = { from: addDays(today, -30), to: addDays(today, 300) };
  const capacityId = await providers.make('/capacities', organiser, { providerId, offerId, places: 1000, ...period });
  const [allocationId, planId] = [uuidv7(), uuidv7()];
  const service = { from: addDays(today, -10), to: addDays(today, 20), quantity: 1_000_000, unit: 'HOUR' } as const;
  await providers.tell(
    event(allocationCreatedV1, allocationId, { planId, personId: uuidv7(), offerId, ...service }, gmina),
  );
  const referral = { planId, attempt: 1, providerId, offerId, ...service };
  await providers.tell(event(allocationReferredV1, allocationId, referral, gmina));
  const order = await providers.row<{ id: string; version: number }>('service_order', 'allocation_id', allocationId);

  await pool.query(copied('service_offer', 'id = $3', `'id', $4 || ${digits}`), [1, offers - 1, offerId, offerIds]);
  const places = copied('capacity', 'id = $3', `'id', $4 || ${digits}, 'offer_id', $5 || ${digits}`);
  await pool.query(places, [0, offers - 1, capacityId, capacityIds, offerIds]);
  await pool.query(`update capacity set closed_on = first_day, close_reason = 'copied' where id = $1`, [capacityId]);
  const orders = async (many: number, state: string): Promise<string[]> => {
    const { rows } = await pool.query<{ id: string }>(`${copied('service_order', 'id = $3', ownOrder)} returning id`, [
      1,
      many,
      order.id,
      offerIds,
      state,
    ]);
    return rows.map(({ id }) => id);
  };
  const asked = await orders(waiting, 'RECEIVED');
  const inDelivery = await orders(offers * persons, 'IN_DELIVERY');
  const week = Array.from({ length: visits }, (_, day) => addDays(today, -day));
  const bodies = Array.from({ length: offers }, (_, one) => {
    const ids = inDelivery.slice(one * persons, (one + 1) * persons);
    const deliveries = ids.flatMap((orderId) =>
      week.map((deliveredOn) => ({ id: '{id}', orderId, deliveredOn, quantity: 2 })),
    );
    return JSON.stringify({ deliveries });
  });
  await pool.query('vacuum analyze');

  const [first, second] = asked.splice(0, offers + 1).filter((_, at) => at % offers === 0) as [string, string];
  const accept = (turn: number): Promise<string> =>
    providers.post(`/service-orders/${turn === 0 ? first : second}/acceptance`, account, null, order.version);
  const batch = (turn: number): Promise<string> => providers.post('/deliveries/batch', account, bodyOf(bodies, turn));
  const captured = {
    acceptance: await capture(database.migrate, 'providers', accept, [first, ...placesOf(first)]),
    deliveryBatch: await capture(database.migrate, 'providers', batch, inDelivery.slice(0, persons)),
  };
  const post = { method: 'POST', token: await issuer.token(account), server: providers.server } as const;
  const acceptances = asked.map((id) => `/service-orders/${id}/acceptance`);
  return {
    captured,
    routes: [
      { ...post, name: 'acceptance', paths: acceptances, once: true, version: order.version },
      { ...post, name: 'deliveryBatch', paths: ['/deliveries/batch'], bodies },
    ],
  };
}

const digits = `lpad(to_hex(n % ${offers}), 2, '0')`;
const ownOrder = `'id', overlay(gen_random_uuid()::text placing ${digits} from 35), 'allocation_id', gen_random_uuid(),
  'offer_id', $4 || ${digits}, 'state', $5::text`;
