import type { Changed } from '@okienko/chassis/http';
import { addDays, addMonths } from '@okienko/contracts/calendar';
import type { Answer, Call, ServiceUnderTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { account, coordinator, idOf, Scenario, today } from '../scenario';
import type { ServiceOrderView } from '../service-orders/service-orders.dto';
import { lastDayOf, monthOf } from './month';
import type { SettlementView } from './settlements.dto';

export const ala = { sub: 'finance-ala', roles: ['finance'] } as const;
export const ola = { sub: 'finance-ola', roles: ['finance'] } as const;
export const director = { sub: 'director-jan', roles: ['director'] } as const;

/** The last month that is over, the one before it, and the one that has begun. */
export const month = addMonths(monthOf(today), -1);
export const before = addMonths(month, -1);
export const current = monthOf(today);
export const lastDay = lastDayOf;
export const named = (one: string): string => one.slice(0, 7);
export const on = (day: number, of = month): string => `${of.slice(0, 8)}${String(day).padStart(2, '0')}`;
const [first, last] = [before, addMonths(monthOf(today), 6)];

export interface Agreed {
  readonly agreementId: string;
  readonly providerId: string;
  readonly offerId: string;
  readonly order: ServiceOrderView;
}

interface Terms {
  readonly unit?: string;
  readonly ceilingGrosze?: number;
  /** What a unit costs from each of these days on. */
  readonly prices?: readonly (readonly [from: string, grosze: number])[];
  readonly nip?: string;
}

/** An agreement with a provider, what is delivered under it, and its settlements. */
export class SettlementScenario {
  readonly scenario: Scenario;

  constructor(readonly service: ServiceUnderTest) {
    this.scenario = new Scenario(service);
  }

  async agreed({ unit = 'HOUR', ceilingGrosze, prices = [[first, 4500]], nip }: Terms = {}): Promise<Agreed> {
    const { sql } = this.service;
    const place = { providerId: await this.scenario.registerProvider(), offerId: await this.scenario.publishOffer() };
    const { providerId, offerId } = place;
    if (nip) await sql('update provider set nip = $2 where id = $1', [providerId, nip]);
    idOf(await this.scenario.openCapacity(place, 5, first, last));
    const agreementId = uuidv7();
    const funding = [
      {
        from: first,
        shares: [
          { source: 'EU', permille: 843 },
          { source: 'GMINA', permille: 157 },
        ],
      },
    ];
    await sql(
      `insert into agreement (id, version, number, provider_id, selection_mode, state, first_day, last_day, no_show_permille, funding)
       values ($1, 2, 'CUS/1', $2, 'NGO_OPEN_COMPETITION', 'ACTIVE', $3, $4, 500, $5)`,
      [agreementId, providerId, first, last, JSON.stringify(funding)],
    );
    await sql('insert into agreement_service (agreement_id, offer_id, unit) values ($1, $2, $3)', [
      agreementId,
      offerId,
      unit,
    ]);
    const list = prices.map(([from, priceGrosze], at) => {
      const next = prices[at + 1]?.[0];
      return { offerId, unit, priceGrosze, from, ...(next && { to: addDays(next, -1) }) };
    });
    for (const { priceGrosze, from, to } of list)
      await sql(
        `insert into agreement_price (agreement_id, offer_id, unit, price_grosze, first_day, last_day)
         values ($1, $2, $3, $4, $5, $6)`,
        [agreementId, offerId, unit, priceGrosze, from, to ?? null],
      );
    const services = [{ offerId, unit }];
    const signed = {
      providerId,
      from: first,
      to: last,
      services,
      ...(ceilingGrosze === undefined ? {} : { ceilingGrosze }),
    };
    await this.say('agreement.signed', agreementId, 1, signed);
    await this.say('agreement.prices-set', agreementId, 2, { providerId, prices: list, noShowPermille: 500, funding });
    const order = await this.scenario.acceptedOrder(place, { from: first, to: last, quantity: 1000 });
    await sql(
      `insert into agreement_draw (order_id, agreement_id, offer_id, ordered, ordered_grosze)
       values ($1, $2, $3, 1000, 4500000) on conflict do nothing`,
      [order.id, agreementId, offerId],
    );
    // Only now, so that the order does not draw on it.
    await sql('update agreement set ceiling_grosze = $2 where id = $1', [agreementId, ceilingGrosze ?? null]);
    return { agreementId, ...place, order };
  }

  /** Recorded by the provider and accepted by the centre. */
  async delivered({ order }: Agreed, deliveredOn: string, quantity: number): Promise<string> {
    const id = idOf(await this.scenario.record(order, quantity, { deliveredOn }));
    const accepted = await this.service.http('POST', `/deliveries/${id}/acceptance`, { as: coordinator, ifMatch: 1 });
    expect(accepted).toMatchObject({ status: 200 });
    return id;
  }

  open({ agreementId, providerId }: Agreed, of = month, call: Call = {}): Promise<Answer> {
    const body = { agreementId, month: named(of) };
    return this.service.http('POST', '/settlements', { as: account(providerId), body, ...call });
  }

  /** Opened, and as its provider sees it. */
  async opened(agreed: Agreed, of = month): Promise<SettlementView> {
    return this.seen(idOf(await this.open(agreed, of)));
  }

  async seen(id: string): Promise<SettlementView> {
    return (await this.service.http<SettlementView>('GET', `/settlements/${id}`, { as: ala })).body;
  }

  act({ id, version, providerId }: SettlementView, act: string, call: Call = {}): Promise<Answer<Partial<Changed>>> {
    return this.service.http('POST', `/settlements/${id}/${act}`, {
      as: account(providerId),
      ifMatch: version,
      ...call,
    });
  }

  submit(settlement: SettlementView, body: object = {}, call: Call = {}): Promise<Answer<Partial<Changed>>> {
    const document = {
      kind: 'INVOICE',
      number: 'FV/1',
      issuedOn: lastDayOf(month),
      grosze: settlement.grosze,
      ...body,
    };
    return this.act(settlement, 'submission', { body: document, ...call });
  }

  /** Opened and handed in. */
  async submitted(agreed: Agreed, of = month): Promise<SettlementView> {
    const settlement = await this.opened(agreed, of);
    expect(await this.submit(settlement)).toMatchObject({ status: 200 });
    return this.seen(settlement.id);
  }

  async lines(id: string): Promise<unknown[]> {
    const { body } = await this.service.http<{
      items: { rule: string; day: string; quantity: number; grosze: number }[];
    }>('GET', `/settlements/${id}/lines`, { as: ala });
    return body.items.map(({ rule, day, quantity, grosze }) => [rule, day, quantity, grosze]);
  }

  private async say(fact: string, id: string, sequence: number, data: object): Promise<void> {
    const name = `providers.${fact}.v1`;
    const event = {
      id: uuidv7(),
      type: `pl.okienko.${name}`,
      subject: id,
      sequence: String(sequence).padStart(10, '0'),
      data,
    };
    await this.service.sql(
      `insert into outbox (id, aggregate_type, aggregate_id, sequence, subject, event) values ($1, 'agreement', $2, $3, $4, $5)`,
      [event.id, id, sequence, name, JSON.stringify(event)],
    );
  }
}

export const problem = ({ status, body }: Answer<object>): unknown => [
  status,
  (body as { type?: string }).type?.split('/').at(-1),
];
