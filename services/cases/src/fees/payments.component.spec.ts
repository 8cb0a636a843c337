import { addDays } from '@okienko/contracts/calendar';
import type { FeeData } from '@okienko/contracts/fees/schema';
import { generateNrb } from '@okienko/identifiers/nrb-generator';
import { rfOf } from '@okienko/identifiers/rf';
import type { Answer } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import {
  coordinator,
  director,
  finance,
  idOf,
  type Json,
  problemOf,
  type Qualified,
  Scenario,
  today,
} from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

interface Charged {
  readonly id: string;
  readonly reference: string;
  readonly account: string;
  readonly application: Qualified;
}
interface Line {
  readonly bookedOn: string;
  readonly grosze: number;
  readonly bankReference: string;
  readonly title: string;
  readonly account?: string;
  readonly payerAccount?: string;
}

const daily: FeeData = { rule: 'FLAT', grosze: 100, per: 'DAY' };
let numbers = 0;
const nrb = (): string => generateNrb((numbers += 1));

/** A fee of 10 zł for a day. */
async function charged(fee = { ...daily, grosze: 1000 }): Promise<Charged> {
  const application = await scenario.qualified((await scenario.offer(9, { terms: { fee } })).offerId);
  const { id, itemId } = application;
  const body = { from: today, to: today, virtualAccount: nrb() };
  const answer = await scenario.post(`/applications/${id}/items/${itemId}/fee`, coordinator, body);
  const { reference, account } = answer.body as unknown as Charged;
  return { id: idOf(answer), reference, account, application };
}

const line = (title: string, grosze: number, more: Partial<Line> = {}): Line => ({
  bookedOn: today,
  grosze,
  bankReference: `B${(numbers += 1)}`,
  title,
  ...more,
});
const take = (
  lines: readonly Line[],
  { dryRun = false, key }: { dryRun?: boolean; key?: string } = {},
): Promise<Answer<Json>> =>
  scenario.post(`/payments/imports${dryRun ? '?dryRun=true' : ''}`, finance, { lines }, undefined, key ? { key } : {});
const resultsOf = ({ body }: Answer<Json>): unknown[] => (body['lines'] as Json[]).map(({ result }) => result);
const balance = async (id: string): Promise<Json> =>
  (await scenario.get(`/fees/${id}`, finance)).body['balance'] as Json;
const counted = (): Promise<Json[]> =>
  scenario.service.sql('select count(*)::int as lines, coalesce(sum(grosze), 0)::int as grosze from payment_line');

describe('a bank statement', () => {
  it('pays exactly, in part or too much, by reference or account, and leaves the rest to a clerk', async () => {
    const [exact, part, over, own] = [await charged(), await charged(), await charged(), await charged()];
    const lines = [
      line(
        `Opłata ${exact.reference
          .match(/.{1,4}/g)
          ?.join(' ')
          .toLowerCase()} za listopad`,
        1000,
      ),
      line(part.reference, 400),
      line(over.reference, 1700),
      line('bez tytułu', 1000, { account: own.account }),
      line('za babcię', 1000, { payerAccount: '61109010140000071219812874' }),
      line(rfOf('9999999999'), 1000),
      line(`${exact.reference} i ${part.reference}`, 1000),
      line('prowizja', -500),
    ];
    const answer = await take(lines);
    expect(answer.status).toBe(201);
    expect(resultsOf(answer)).toEqual([
      'EXACT',
      'PART',
      'OVER',
      'EXACT',
      'UNMATCHED',
      'UNMATCHED',
      'UNMATCHED',
      'OUTGOING',
    ]);
    expect(await balance(exact.id)).toMatchObject({ openGrosze: 0, paidGrosze: 1000 });
    expect(await balance(part.id)).toMatchObject({ openGrosze: 600, paidGrosze: 400 });
    expect(await balance(over.id)).toMatchObject({ openGrosze: 0, surplusGrosze: 700 });
    expect(await scenario.service.published('cases.fee.paid.v1', part.id)).toMatchObject({
      data: { grosze: 400, result: 'PART', openGrosze: 600, bookedOn: today },
    });
    const met = await scenario.service.sql('select ending from deadline where application_id = $1', [
      exact.application.id,
    ]);
    expect(met).toContainEqual({ ending: 'MET' });
    expect(await scenario.accesses(exact.application.personId)).toContainEqual(
      expect.objectContaining({ act: 'WRITE', actor: finance.sub, groups: ['FEE'], caseRef: exact.application.id }),
    );
  });

  it('counts each line once: in one file, in the same file again, and in another', async () => {
    const fee = await charged();
    const [once, twice] = [line(fee.reference, 100), line(fee.reference, 200)];
    const [key, lines] = [uuidv7(), [once, twice, twice]];
    const first = await take(lines, { key });
    expect(resultsOf(first)).toEqual(['PART', 'PART', 'DUPLICATE']);
    const before = [await counted(), await balance(fee.id), await scenario.facts(fee.id)];
    expect((await take(lines, { key })).body).toEqual(first.body);
    expect(resultsOf(await take(lines))).toEqual(['DUPLICATE', 'DUPLICATE', 'DUPLICATE']);
    expect(resultsOf(await take([{ ...twice, title: 'wpisane inaczej' }]))).toEqual(['DUPLICATE']);
    expect([await counted(), await balance(fee.id), await scenario.facts(fee.id)]).toEqual(before);
    expect(await balance(fee.id)).toMatchObject({ paidGrosze: 300 });
  });

  it('as CSV, and as a trial that keeps nothing', async () => {
    const fee = await charged();
    const csv = `bookedOn;amount;currency;payerAccount;title;bankReference
${today};10,00;PLN;;${fee.reference};CSV-1
${today};1 000,50;PLN;;"co to; jest?";CSV-2`;
    const before = [await counted(), await balance(fee.id)];
    const trial = await scenario.post('/payments/imports?dryRun=true', finance, { csv });
    expect(trial).toMatchObject({
      status: 200,
      body: {
        lines: [
          { line: 1, result: 'EXACT', feeId: fee.id, paymentId: null },
          { line: 2, result: 'UNMATCHED' },
        ],
      },
    });
    expect([await counted(), await balance(fee.id)]).toEqual(before);
    expect(resultsOf(await scenario.post('/payments/imports', finance, { csv }))).toEqual(['EXACT', 'UNMATCHED']);
  });

  it('is refused as a whole when it cannot be read, lies in the future, or comes from somebody else', async () => {
    const fee = await charged();
    const before = await counted();
    const csv = `bookedOn;amount;currency;title;bankReference\n${today};10,00;PLN;${fee.reference};C1\n${today};ten;PLN;x;C2`;
    const refused = await scenario.post('/payments/imports', finance, { csv });
    expect(problemOf(refused)).toEqual([400, 'statement-malformed']);
    expect(refused.body['errors']).toMatchObject([{ pointer: '/csv/2/amount' }]);
    expect(problemOf(await take([line(fee.reference, 1000, { bookedOn: addDays(today, 1) })]))).toEqual([
      422,
      'booked-in-the-future',
    ]);
    expect(problemOf(await scenario.post('/payments/imports', finance, {}))).toEqual([400, 'invalid-request']);
    expect(problemOf(await scenario.post('/payments/imports', coordinator, { lines: [line('x', 1)] }))).toEqual([
      403,
      'not-allowed',
    ]);
    expect(await counted()).toEqual(before);
  });
});

describe('an unmatched payment', () => {
  it('keeps who paid and what they wrote encrypted, until a clerk knows the fee', async () => {
    const fee = await charged();
    const answer = await take([line('za babcię Żanetę', 1000, { payerAccount: '61109010140000071219812874' })]);
    const [{ paymentId }] = answer.body['lines'] as [{ paymentId: string }];
    const row = (): Promise<{ row: string; details: Buffer | null }[]> =>
      scenario.service.sql(
        `select payment_line::text || coalesce(encode(details, 'escape'), '') as row, details from payment_line where id = $1`,
        [paymentId],
      );
    expect((await row())[0]?.row).not.toMatch(/babci|6110901/);
    expect((await scenario.get('/payments?result=UNMATCHED&limit=200', finance)).body['items']).toContainEqual(
      expect.objectContaining({ id: paymentId, grosze: 1000, feeId: null }),
    );
    expect(await scenario.get(`/payments/${paymentId}`, finance)).toMatchObject({
      body: { title: 'za babcię Żanetę', payerAccount: '61109010140000071219812874' },
    });
    expect(await scenario.accesses(paymentId)).toMatchObject([{ act: 'WRITE' }, { act: 'READ', actor: finance.sub }]);
    const assign = (feeId: string, key?: string): Promise<Answer<Json>> =>
      scenario.post(`/payments/${paymentId}/assignment`, finance, { feeId }, undefined, key ? { key } : {});
    expect(problemOf(await assign(uuidv7()))).toEqual([404, 'not-found']);
    const key = uuidv7();
    expect(await assign(fee.id, key)).toMatchObject({ status: 200, body: { id: fee.id, version: 2 } });
    expect(await assign(fee.id, key)).toMatchObject({ status: 200, body: { id: fee.id, version: 2 } });
    expect(problemOf(await assign(fee.id))).toEqual([409, 'wrong-state']);
    expect((await row())[0]?.details).toBeNull();
    expect(await scenario.get(`/payments/${paymentId}`, director)).toMatchObject({
      body: { title: null, payerAccount: null, feeId: fee.id, result: 'EXACT' },
    });
    expect(await balance(fee.id)).toMatchObject({ openGrosze: 0 });
  });
});

describe('a payment that is for no fee', () => {
  it('is dismissed by finance with a reason, once, and what the payer wrote is kept no longer', async () => {
    const answer = await take([line('pomyłka', 1000, { payerAccount: '61109010140000071219812874' })]);
    const [{ paymentId }] = answer.body['lines'] as [{ paymentId: string }];
    const path = `/payments/${paymentId}/dismissal`;
    const body = { reasonCode: 'RETURNED_TO_PAYER' };
    expect(problemOf(await scenario.post(path, coordinator, body))).toEqual([403, 'not-allowed']);
    expect(problemOf(await scenario.post(path, finance, { reasonCode: 'bo tak' }))).toEqual([400, 'invalid-request']);
    expect(await scenario.twice(path, finance, body)).toMatchObject({ status: 200, body: { id: paymentId } });
    expect(await scenario.service.published('cases.payment.dismissed.v1', paymentId)).toMatchObject({
      data: { grosze: 1000, dismissedOn: today, reasonCode: 'RETURNED_TO_PAYER' },
    });
    expect(await scenario.get(`/payments/${paymentId}`, finance)).toMatchObject({
      body: { result: 'DISMISSED', title: null, payerAccount: null, dismissedFor: 'RETURNED_TO_PAYER' },
    });
    expect(problemOf(await scenario.post(path, finance, body))).toEqual([409, 'wrong-state']);
    const assignment = { feeId: (await charged()).id };
    expect(problemOf(await scenario.post(`/payments/${paymentId}/assignment`, finance, assignment))).toEqual([
      409,
      'wrong-state',
    ]);
    expect(problemOf(await scenario.post(`/payments/${uuidv7()}/dismissal`, finance, body))).toEqual([
      404,
      'not-found',
    ]);
    expect(await scenario.accesses(paymentId)).toMatchObject([{ act: 'WRITE' }, { act: 'WRITE', actor: finance.sub }]);
  });
});

describe('a surplus', () => {
  it('is given back by finance, no more than there is, and told', async () => {
    const fee = await charged();
    await take([line(fee.reference, 1700)]);
    const path = `/fees/${fee.id}/refund`;
    const body = { refundedOn: today, grosze: 500, reasonCode: 'OVERPAID' };
    expect(problemOf(await scenario.post(path, director, body, 2))).toEqual([403, 'not-allowed']);
    expect(problemOf(await scenario.post(path, finance, body))).toEqual([428, 'version-required']);
    expect(problemOf(await scenario.post(path, finance, { ...body, grosze: 701 }, 2))).toEqual([
      422,
      'surplus-too-small',
    ]);
    expect(problemOf(await scenario.post(path, finance, { ...body, refundedOn: addDays(today, 1) }, 2))).toEqual([
      422,
      'booked-in-the-future',
    ]);
    expect(await scenario.twice(path, finance, body, 2)).toMatchObject({ status: 200, body: { version: 3 } });
    expect(await balance(fee.id)).toMatchObject({ openGrosze: 0, paidGrosze: 1200, surplusGrosze: 200 });
    expect(await scenario.service.published('cases.fee.refunded.v1', fee.id)).toMatchObject({
      data: { grosze: 500, refundedOn: today, reasonCode: 'OVERPAID', surplusGrosze: 200 },
    });
    expect((await scenario.get(`/fees/${fee.id}`, finance)).body['payments']).toMatchObject([
      { grosze: 1700 },
      { grosze: -500, reasonCode: 'OVERPAID' },
    ]);
  });
});

describe('a payment by hand', () => {
  it('is recorded by finance under its document, once', async () => {
    const fee = await charged();
    const body = { bookedOn: today, grosze: 400, documentNumber: `KP/${uuidv7()}` };
    const pay = (as: object, version?: number, key?: string, given: Json = body): Promise<Answer<Json>> =>
      scenario.post(`/fees/${fee.id}/payments`, as, given, version, key ? { key } : {});
    expect(problemOf(await pay(coordinator, 1))).toEqual([403, 'not-allowed']);
    expect(problemOf(await pay(finance))).toEqual([428, 'version-required']);
    expect(problemOf(await pay({ ...finance, unit: 'north' }, 1))).toEqual([404, 'not-found']);
    expect(problemOf(await pay(finance, 1, undefined, { ...body, bookedOn: addDays(today, 1) }))).toEqual([
      422,
      'booked-in-the-future',
    ]);
    const key = uuidv7();
    expect(await pay(finance, 1, key)).toMatchObject({ status: 200, body: { version: 2, result: 'PART' } });
    expect(await pay(finance, 1, key)).toMatchObject({ status: 200, body: { version: 2, result: 'PART' } });
    expect(problemOf(await pay(finance, 2))).toEqual([409, 'payment-counted']);
    expect(await balance(fee.id)).toMatchObject({ paidGrosze: 400, openGrosze: 600 });
  });
});

describe('however statements come', () => {
  it('may have two thousand lines', async () => {
    const fees = [await charged(), await charged()];
    const lines = Array.from({ length: 2000 }, (_, n) => line(fees[n % 4]?.reference ?? 'kto to?', 1));
    const results = resultsOf(await take(lines));
    expect(results.filter((result) => result === 'UNMATCHED')).toHaveLength(1000);
    for (const { id } of fees) expect(await balance(id)).toMatchObject({ paidGrosze: 500, openGrosze: 500 });
    expect(new Set(resultsOf(await take(lines)))).toEqual(new Set(['DUPLICATE']));
  }, 60_000);

  it('two at once, in parts, again and in any order: fees have been paid what the lines say, and no more', async () => {
    const fees = await Promise.all([charged(), charged(), charged()]);
    const drawn = fc.record({
      lines: fc.array(fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: 1, max: 900 })), { minLength: 1, maxLength: 12 }),
      cuts: fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 2, maxLength: 5 }),
    });
    let paid = 0;
    await fc.assert(
      fc.asyncProperty(drawn, async ({ lines: given, cuts }) => {
        const before = await Promise.all(fees.map(({ id }) => balance(id)));
        const lines = given.map(([of, grosze]) => line(fees[of]?.reference ?? 'kto to?', grosze));
        const files = cuts.map(([from, to]) => {
          const [one, other] = [from % lines.length, to % lines.length].sort((a, b) => a - b) as [number, number];
          return lines.slice(one, other + 1).reverse();
        });
        const answers = await Promise.all([...files, lines, lines].map((file) => take(file)));
        expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
        for (const [index, { id }] of fees.entries()) {
          const expected = given.reduce((sum, [of, grosze]) => sum + (of === index ? grosze : 0), 0);
          const after = await balance(id);
          expect(Number(after['paidGrosze']) - Number(before[index]?.['paidGrosze'])).toBe(expected);
          expect(Number(after['openGrosze']) - Number(after['surplusGrosze'])).toBe(1000 - Number(after['paidGrosze']));
          paid += expected;
        }
        const results = answers.flatMap((answer) => resultsOf(answer)).filter((result) => result !== 'DUPLICATE');
        expect(results).toHaveLength(lines.length);
      }),
      { numRuns: 8 },
    );
    const kept = await scenario.service.sql<{ grosze: number }>(
      'select sum(grosze)::int as grosze from payment_line where fee_id = any ($1::uuid[])',
      [fees.map(({ id }) => id)],
    );
    expect(kept).toEqual([{ grosze: paid }]);
  }, 120_000);
});
