import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { account } from '../scenario';
import { providersService } from '../service';
import type { DrawDownView, SettlementLineView } from './settlements.dto';
import { ala, before, current, director, lastDay, month, on, problem, SettlementScenario } from './scenario';

jest.setTimeout(120_000);

let service: ServiceUnderTest;
let scenario: SettlementScenario;
beforeAll(async () => {
  service = await startForTest(providersService, { CENTRE_NIP: '5260250274' });
  scenario = new SettlementScenario(service);
});
afterAll(() => service.stop());

describe('one month after another', () => {
  it('brings what came late or was changed since in the next month, and pays nothing twice', async () => {
    const agreed = await scenario.agreed();
    const changed = await scenario.delivered(agreed, on(2, before), 2);
    const gone = await scenario.delivered(agreed, on(3, before), 4);
    await scenario.delivered(agreed, on(4, before), 8);
    const first = await scenario.submitted(agreed, before);
    await scenario.delivered(agreed, on(28, before), 1);
    await service.sql('update delivery set quantity = 1 where id = $1', [changed]);
    await service.sql(`update delivery set state = 'REJECTED', accepted_by = null where id = $1`, [gone]);
    const next = await scenario.opened(agreed);
    expect(await scenario.lines(next.id)).toEqual([
      ['REVERSAL', on(2, before), -2, -9000],
      ['PRICE', on(2, before), 1, 4500],
      ['REVERSAL', on(3, before), -4, -18_000],
      ['PRICE', on(28, before), 1, 4500],
    ]);
    expect([first.grosze, next.grosze]).toEqual([14 * 4500, -18_000]);
    const { body } = await service.http<{ items: SettlementLineView[] }>(
      'GET',
      `/settlements/${next.id}/lines?rule=REVERSAL`,
      { as: ala },
    );
    expect(body.items.map(({ corrects }) => corrects)).toEqual([first.id, first.id]);
    expect((await scenario.submit(next)).status).toBe(200);
    const last = await scenario.opened(agreed, current);
    expect(await scenario.lines(last.id)).toEqual([]);
  });

  it('a later month waits for an earlier one, and an earlier one does not come back under a later one', async () => {
    const agreed = await scenario.agreed();
    await scenario.delivered(agreed, on(2), 1);
    const later = await scenario.opened(agreed);
    const earlier = await scenario.opened(agreed, before);
    expect(problem(await scenario.submit(later))).toEqual([409, 'earlier-month-open']);
    expect((await scenario.submit(earlier)).status).toBe(200);
    expect((await scenario.submit(later)).status).toBe(200);
    const handedIn = await scenario.seen(earlier.id);
    const reason = { as: ala, body: { reasonCode: 'OTHER' } };
    expect(problem(await scenario.act(handedIn, 'return', reason))).toEqual([409, 'later-month-submitted']);
    expect((await scenario.act(await scenario.seen(later.id), 'return', reason)).status).toBe(200);
    expect((await scenario.act(handedIn, 'return', reason)).status).toBe(200);
  });

  it('a month that was skipped comes with the next one, and is not opened after that', async () => {
    const agreed = await scenario.agreed();
    await scenario.delivered(agreed, on(2, before), 1);
    const settlement = await scenario.submitted(agreed);
    expect(await scenario.lines(settlement.id)).toEqual([['PRICE', on(2, before), 1, 4500]]);
    expect(problem(await scenario.open(agreed, before))).toEqual([409, 'later-month-submitted']);
  });
});

it('of several that act on it at once, over two replicas, one does, and its lines are those of its last computation', async () => {
  const replica = await service.replica();
  try {
    const agreed = await scenario.agreed();
    for (const day of [2, 3, 4]) await scenario.delivered(agreed, on(day), day);
    const draft = await scenario.opened(agreed);
    const token = await service.issuer.token(account(agreed.providerId));
    const there = (act: string) =>
      fetch(`${replica.url}/settlements/${draft.id}/${act}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'If-Match': `"${draft.version}"` },
      });
    const answers = await Promise.all([
      scenario.submit(draft),
      there('computation'),
      scenario.act(draft, 'computation'),
      there('computation'),
      scenario.submit(draft),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412]);
    const [kept] = await service.sql<{ lines: number; grosze: number }>(
      'select count(*)::int as lines, sum(grosze)::float8 as grosze from settlement_line where settlement_id = $1',
      [draft.id],
    );
    expect(kept).toEqual({ lines: 3, grosze: 9 * 4500 });
  } finally {
    await replica.stop();
  }
});

describe('other ways to pay', () => {
  it('a flat sum for each month, whatever is delivered', async () => {
    const agreed = await scenario.agreed({ unit: 'FLAT_SUM', prices: [[before, 310_000]] });
    await scenario.delivered(agreed, on(2), 3);
    const settlement = await scenario.opened(agreed);
    expect(await scenario.lines(settlement.id)).toEqual([
      ['WITHIN_FLAT_SUM', on(2), 3, 0],
      ['FLAT_SUM', lastDay(before), 1, 310_000],
      ['FLAT_SUM', lastDay(month), 1, 310_000],
    ]);
  });

  it('a grant by its costs, which only a grant has', async () => {
    const agreed = await scenario.agreed({ unit: 'FLAT_SUM', prices: [] });
    const { offerId, providerId } = agreed;
    const cost = { offerId, category: 'WAGES', documentNumber: 'LP/3', issuedOn: on(28), grosze: 120_000 };
    const draft = await scenario.opened(agreed);
    const send = { body: { costs: [cost, { ...cost, category: 'RENT' }] }, key: `costs-${draft.id}` };
    const [once, again] = [await scenario.act(draft, 'costs', send), await scenario.act(draft, 'costs', send)];
    expect([once.body, again.body]).toEqual([{ id: draft.id, version: 3 }, once.body]);
    const told = await service.published<{ costs: object[] }>('providers.settlement.costs-stated.v1', draft.id);
    expect(told.data.costs[0]).toEqual({ offerId, category: 'WAGES', issuedOn: on(28), grosze: 120_000 });
    const stated = await scenario.seen(draft.id);
    expect(stated).toMatchObject({
      grosze: 240_000,
      lines: 2,
      costs: [{ documentNumber: 'LP/3' }, { category: 'RENT' }],
    });
    const { body } = await service.http('GET', `/settlements/${draft.id}/recomputation`, { as: director });
    expect(body).toMatchObject({ equal: true, recomputedGrosze: 240_000 });
    expect(problem(await scenario.submit(stated))).toEqual([422, 'document-kind-wrong']);
    expect((await scenario.submit(stated, { kind: 'GRANT_REPORT' })).status).toBe(200);
    const priced = await scenario.opened(await scenario.agreed());
    expect(problem(await scenario.act(priced, 'costs', { body: { costs: [cost] } }))).toEqual([422, 'not-a-grant']);
    expect((await scenario.act(stated, 'costs', { as: account(providerId), body: { costs: 7 } })).status).toBe(400);
  });
});

describe('what is seen and taken along', () => {
  it('the use of the ceiling, as it is ordered and invoiced', async () => {
    const agreed = await scenario.agreed({ ceilingGrosze: 9_000_000 });
    await scenario.delivered(agreed, on(2), 2);
    await scenario.submitted(agreed);
    const path = `/agreements/${agreed.agreementId}/draw-down`;
    const { body } = await service.http<DrawDownView>('GET', path, { as: account(agreed.providerId) });
    expect(body).toMatchObject({
      ceilingGrosze: 9_000_000,
      orderedGrosze: 4_500_000,
      invoicedGrosze: 9000,
      approvedGrosze: 0,
      paidGrosze: 0,
    });
    const stranger = account(await scenario.scenario.registerProvider());
    expect((await service.http('GET', path, { as: stranger })).status).toBe(404);
  });

  it('every line as a table and as JSON, and the data of an e-invoice', async () => {
    const agreed = await scenario.agreed({ nip: '7740001454' });
    for (let hour = 1; hour <= 3; hour += 1) await scenario.delivered(agreed, on(hour), 2);
    const { id, offerId } = { ...(await scenario.opened(agreed)), ...agreed };
    const get = <Body>(what: string, as: object = ala) =>
      service.http<Body>('GET', `/settlements/${id}/${what}`, { as });
    const csv = await get<string>('lines.csv');
    expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
    const rows = csv.body.trim().split('\r\n');
    expect(rows).toHaveLength(4);
    expect(rows[1]).toMatch(
      new RegExp(`^1,PRICE,${on(1)},false,${offerId},HOUR,2,4500,1,1,9000,[0-9a-f-]{36},DELIVERED,,$`),
    );
    const json = await get<{ settlement: object; lines: object[] }>('settlement.json');
    expect(json.body).toMatchObject({
      settlement: { id, grosze: 27_000 },
      lines: [{ no: 1 }, { no: 2 }, { no: 3, grosze: 9000 }],
    });
    const invoice = await get<object>('invoice-data', account(agreed.providerId));
    expect(invoice.body).toEqual({
      ...{ sellerNip: '7740001454', buyerNip: '5260250274', agreementNumber: 'CUS/1', currency: 'PLN', grosze: 27_000 },
      ...{ from: month, to: lastDay(month) },
      lines: [{ no: 1, offerId, rule: 'PRICE', unit: 'HOUR', quantity: 6, unitPriceGrosze: 4500, grosze: 27_000 }],
    });
    const other = await scenario.opened(await scenario.agreed());
    const missing = await service.http('GET', `/settlements/${other.id}/invoice-data`, { as: ala });
    expect(problem(missing)).toEqual([409, 'nip-missing']);
  });
});
