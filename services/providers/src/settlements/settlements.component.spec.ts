import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { account, gmina, today } from '../scenario';
import { providersService } from '../service';
import { lastDayOf } from './month';
import { ala, before, current, director, month, named, on, problem, SettlementScenario } from './scenario';

jest.setTimeout(120_000);

let service: ServiceUnderTest;
let scenario: SettlementScenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new SettlementScenario(service);
});
afterAll(() => service.stop());

const recomputed = async (id: string) =>
  (await service.http('GET', `/settlements/${id}/recomputation`, { as: director })).body;

describe('computing a month', () => {
  it('explains each delivery that was accepted, by the price of its day', async () => {
    const agreed = await scenario.agreed({
      prices: [
        [before, 4500],
        [on(16), 4700],
      ],
    });
    const late = await scenario.delivered(agreed, on(20, before), 1);
    await scenario.delivered(agreed, on(16), 2);
    const absent = await scenario.delivered(agreed, on(15), 3);
    await service.sql(`update delivery set outcome = 'CLIENT_ABSENT' where id = $1`, [absent]);
    await scenario.scenario.record(agreed.order, 7, { deliveredOn: on(17) });
    const settlement = await scenario.opened(agreed);
    expect(await scenario.lines(settlement.id)).toEqual([
      ['PRICE', on(20, before), 1, 4500],
      ['NO_SHOW', on(15), 3, 6750],
      ['PRICE', on(16), 2, 9400],
    ]);
    const { agreementId, providerId, offerId } = agreed;
    expect(settlement).toMatchObject({
      state: 'DRAFT',
      version: 1,
      month: named(month),
      lines: 3,
      unpriced: 0,
      grosze: 20_650,
    });
    expect(settlement.offers).toEqual([{ offerId, unit: 'HOUR', quantity: 3, grosze: 20_650 }]);
    expect(settlement.funding).toEqual([
      { source: 'EU', grosze: 17_408 },
      { source: 'GMINA', grosze: 3242 },
    ]);
    const told = await service.published('providers.settlement.computed.v1', settlement.id);
    expect(told.data).toEqual({ agreementId, providerId, month, lines: 3, grosze: 20_650, digest: settlement.digest });
    const { body } = await service.http<{ items: object[] }>('GET', `/settlements/${settlement.id}/lines?limit=1`, {
      as: ala,
    });
    expect(body.items).toMatchObject([{ no: 1, deliveryId: late, late: true, priceGrosze: 4500, part: 1, whole: 1 }]);
  });

  it('happens once under one Idempotency-Key, and once for a month, however many ask at once', async () => {
    const agreed = await scenario.agreed();
    const key = uuidv7();
    const [one, again] = [await scenario.open(agreed, month, { key }), await scenario.open(agreed, month, { key })];
    expect([one.status, again.body]).toEqual([201, one.body]);
    expect(problem(await scenario.open(agreed))).toEqual([409, 'settlement-exists']);
    const answers = await Promise.all([1, 2, 3].map(() => scenario.open(agreed, before)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('is of a month of the agreement that has begun', async () => {
    const agreed = await scenario.agreed();
    expect(problem(await scenario.open(agreed, '2099-01-01'))).toEqual([422, 'month-not-over']);
    expect(problem(await scenario.open(agreed, '2020-01-01'))).toEqual([422, 'month-not-covered']);
    expect((await scenario.open(agreed, '2026-13-01')).status).toBe(400);
    await service.sql(`update agreement set state = 'PLANNED' where id = $1`, [agreed.agreementId]);
    expect(problem(await scenario.open(agreed))).toEqual([422, 'month-not-covered']);
  });

  it('cuts off what is above the ceiling, with a line that says so', async () => {
    const agreed = await scenario.agreed({ ceilingGrosze: 10_000 });
    await scenario.delivered(agreed, on(2), 3);
    const settlement = await scenario.opened(agreed);
    expect(await scenario.lines(settlement.id)).toEqual([
      ['PRICE', on(2), 3, 13_500],
      ['ABOVE_CEILING', lastDayOf(month), 0, -3500],
    ]);
    expect(settlement.grosze).toBe(10_000);
    expect(await recomputed(settlement.id)).toMatchObject({ equal: true, recomputedLines: 2 });
  });

  it('comes to the same from the events alone, also after corrections of a month before', async () => {
    const agreed = await scenario.agreed({
      prices: [
        [before, 4500],
        [on(1), 4700],
      ],
    });
    for (const day of [2, 3, 4, 28]) await scenario.delivered(agreed, on(day, before), day);
    await scenario.submitted(agreed, before);
    await scenario.delivered(agreed, on(27, before), 5);
    for (const day of [2, 9, 16]) await scenario.delivered(agreed, on(day), day);
    const settlement = await scenario.opened(agreed);
    expect(await recomputed(settlement.id)).toEqual({
      digest: settlement.digest,
      recomputedDigest: settlement.digest,
      recomputedGrosze: 5 * 4500 + 27 * 4700,
      recomputedLines: 4,
      equal: true,
    });
    await service.sql(`update settlement set totals = totals || '{"digest":"other"}' where id = $1`, [settlement.id]);
    expect(await recomputed(settlement.id)).toMatchObject({ equal: false });
  });
});

describe('from the provider to the payment', () => {
  it('is handed in for what it comes to, checked by one and approved by another', async () => {
    const agreed = await scenario.agreed();
    await scenario.delivered(agreed, on(2), 2);
    const draft = await scenario.opened(agreed);
    expect((await scenario.submit(draft, {}, { ifMatch: 7 })).status).toBe(412);
    expect(problem(await scenario.submit(draft, { grosze: 8999 }))).toEqual([422, 'document-differs']);
    const key = uuidv7();
    const [once, again] = [await scenario.submit(draft, {}, { key }), await scenario.submit(draft, {}, { key })];
    expect([once.status, once.body, again.body]).toEqual([200, { id: draft.id, version: 2 }, once.body]);
    const { agreementId, providerId, offerId } = agreed;
    const whose = { agreementId, providerId, month, grosze: 9000 };
    const submitted = await service.published('providers.settlement.submitted.v1', draft.id);
    expect(submitted.data).toEqual({ ...whose, documentKind: 'INVOICE', issuedOn: lastDayOf(month) });
    const step = async (act: string, call: object) => {
      const seen = await scenario.seen(draft.id);
      const sent = { key: uuidv7(), ...call };
      const [first, second] = [await scenario.act(seen, act, sent), await scenario.act(seen, act, sent)];
      expect(second.status).toBe(first.status);
      if (first.status === 200) expect(second.body).toEqual(first.body);
      return first;
    };
    expect((await step('check', { as: ala })).status).toBe(200);
    expect(problem(await step('approval', { as: ala }))).toEqual([403, 'own-check']);
    expect((await step('approval', { as: director })).status).toBe(200);
    expect(problem(await step('payment', { as: ala, body: { paidOn: '2199-01-01' } }))).toEqual([
      422,
      'paid-in-future',
    ]);
    expect((await step('payment', { as: ala, body: { paidOn: today } })).status).toBe(200);
    const told = await service.published('providers.settlement.approved.v1', draft.id);
    expect(told.data).toEqual({
      ...whose,
      offers: [{ offerId, unit: 'HOUR', quantity: 2, grosze: 9000 }],
      funding: [
        { source: 'EU', grosze: 7587 },
        { source: 'GMINA', grosze: 1413 },
      ],
      digest: draft.digest,
    });
    const { data } = await service.published('providers.settlement.paid.v1', draft.id);
    expect(data).toEqual({ ...whose, paidOn: today });
    expect(await scenario.seen(draft.id)).toMatchObject({
      ...{ version: 5, state: 'PAID', submittedBy: account(providerId).sub, checkedBy: ala.sub },
      ...{ approvedBy: director.sub, paidOn: today, document: { number: 'FV/1' } },
    });
    expect(
      service.events('providers.settlement.submitted.v1').filter(({ subject }) => subject === draft.id),
    ).toHaveLength(1);
    expect(told.gmina ?? gmina).toBe(gmina);
  });

  it('is refused while something has changed since it was computed, and taken once it is computed again', async () => {
    const agreed = await scenario.agreed();
    await scenario.delivered(agreed, on(2), 2);
    const draft = await scenario.opened(agreed);
    await scenario.delivered(agreed, on(3), 1);
    expect(problem(await scenario.submit(draft))).toEqual([409, 'settlement-outdated']);
    expect((await scenario.act(draft, 'computation')).body).toEqual({ id: draft.id, version: 2 });
    const again = await scenario.seen(draft.id);
    expect([again.grosze, (await scenario.submit(again)).status]).toEqual([13_500, 200]);
  });

  it('is not handed in before the month is over, nor with a line that has no price', async () => {
    const agreed = await scenario.agreed({ prices: [[on(10), 4500]] });
    await scenario.delivered(agreed, on(2), 2);
    const draft = await scenario.opened(agreed);
    expect([draft.unpriced, problem(await scenario.submit(draft))]).toEqual([1, [409, 'price-missing']]);
    const other = await scenario.agreed();
    expect(problem(await scenario.submit(await scenario.opened(other, current)))).toEqual([422, 'month-not-over']);
  });

  it('is returned for a reason, with its deliveries and prices open again, and handed in again', async () => {
    const agreed = await scenario.agreed();
    const delivery = await scenario.delivered(agreed, on(2), 2);
    const handedIn = await scenario.submitted(agreed);
    const marks = async () => {
      const [row] = await service.sql<{ settled: string | null; until: string | null }>(
        `select d.settlement_id as settled, a.settled_until::text as until from delivery d, agreement a where d.id = $1 and a.id = $2`,
        [delivery, agreed.agreementId],
      );
      return row;
    };
    expect(await marks()).toEqual({ settled: handedIn.id, until: lastDayOf(month) });
    expect((await scenario.act(handedIn, 'return', { as: ala, body: { reasonCode: 'BECAUSE' } })).status).toBe(400);
    const answer = await scenario.act(handedIn, 'return', { as: ala, body: { reasonCode: 'DELIVERIES_DISPUTED' } });
    expect(answer).toMatchObject({ status: 200, body: { version: 3 } });
    expect(await marks()).toEqual({ settled: null, until: null });
    const { data } = await service.published('providers.settlement.returned.v1', handedIn.id);
    expect(data).toMatchObject({ month, reasonCode: 'DELIVERIES_DISPUTED' });
    const returned = await scenario.seen(handedIn.id);
    expect((await scenario.submit(returned)).status).toBe(200);
    expect(await scenario.seen(handedIn.id)).toMatchObject({ state: 'CORRECTED', returnReason: null });
    await service.published('providers.settlement.corrected.v1', handedIn.id);
  });
});
