import { addDays } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { AppealDateWrong, AppealLate } from '../decisions/appeal';
import { DeliveryDateWrong } from '../decisions/delivery';
import { balanceOf } from './balance';
import { openOf } from './charges';
import { Fee, type FeeMatter, type Moment } from './fee';
import { appealed, appealWithdrawn, type FeeDecision, handedOver, reviewed, ruled } from './fee-decision';
import {
  DecisionNotFinal,
  FeePeriodWrong,
  NothingOverdue,
  NothingToWaive,
  OutsideFeePeriod,
  SurplusTooSmall,
} from './fee-errors';
import { assessed, overdue, paid, revised } from './fee-events';
import { type Delivered, instalmentsOf, totalOf } from './instalments';

const day = '2026-03-01';
const about: FeeMatter = {
  unit: 'main',
  terc: '2861011',
  applicationId: 'application',
  itemId: 'item',
  personId: 'person',
  programmeId: 'programme',
  programmeVersion: 1,
  serviceCode: 'teleopieka',
  reference: 'RF18539007547034',
  dueDays: 14,
  per: 'MONTH',
};
let ids = 0;
const at = (today: string, delivered: readonly Delivered[] = []): Moment => ({
  today,
  delivered,
  newId: () => `id-${(ids += 1)}`,
});
const words = Buffer.from('ciphertext');
const fee = (grosze = 3000, more: Partial<FeeMatter> = {}, to = '2026-05-31'): Fee =>
  Fee.assess('fee', { ...about, ...more }, { from: day, to }, grosze, words, at(day));
const payment = (grosze: number): { id: string; bookedOn: string; grosze: number } => ({
  id: `payment-${(ids += 1)}`,
  bookedOn: day,
  grosze,
});
const states = ({ charges }: Fee): string[] => charges.map(({ state }) => state);
const decision = {
  id: 'decision',
  number: 'CUS.1',
  legalBasis: 'art. 43 ust. 2',
  authorisationId: 'authorisation',
  grosze: 3000,
  appealDays: 14,
  issuedBy: 'director',
  issuedOn: '2026-04-01',
};
const decided = (): Fee => {
  const late = fee();
  late.fallOverdue('2026-03-20');
  late.decide(decision);
  return late;
};

describe('a fee', () => {
  it('is charged by months, each to be paid so many days into it', () => {
    const one = fee();
    expect(one.charges.map(({ from, to, grosze, dueOn }) => [from, to, grosze, dueOn])).toEqual([
      // The fifteenth is a Sunday.
      ['2026-03-01', '2026-03-31', 3000, '2026-03-16'],
      ['2026-04-01', '2026-04-30', 3000, '2026-04-15'],
      ['2026-05-01', '2026-05-31', 3000, '2026-05-15'],
    ]);
    expect([one.state, one.dueOn]).toEqual(['ASSESSED', '2026-03-16']);
    expect(assessed(one)).toMatchObject({
      subject: 'fee',
      gmina: '2861011',
      data: { per: 'MONTH', grosze: 3000, chargedGrosze: 9000, instalments: 3, state: 'ASSESSED' },
    });
  });

  it('of nothing is not due', () => {
    const free = fee(0);
    expect([free.state, free.charges, free.dueOn]).toEqual(['NOT_DUE', [], null]);
  });

  it('is assessed for two years at the most, and not backwards', () => {
    expect(() => fee(3000, {}, '2026-02-28')).toThrow(FeePeriodWrong);
    expect(() => fee(3000, {}, '2028-03-01')).toThrow(FeePeriodWrong);
    expect(fee(3000, {}, '2028-02-29').charges).toHaveLength(24);
  });

  it('is never to be paid on a day that has passed', () => {
    const late = Fee.assess('fee', about, { from: day, to: '2026-05-31' }, 3000, words, at('2026-04-20'));
    expect(late.charges.map(({ dueOn }) => dueOn)).toEqual(['2026-05-04', '2026-05-04', '2026-05-15']);
  });

  it('takes payments for what is due first, and keeps what is too much for later', () => {
    const one = fee();
    expect(one.pay(payment(1000))).toBe('PART');
    expect(one.pay(payment(2000))).toBe('EXACT');
    expect(states(one)).toEqual(['PAID', 'ASSESSED', 'ASSESSED']);
    const last = payment(7000);
    const result = one.pay(last);
    expect([result, one.state, one.surplus, one.openGrosze, one.dueOn]).toEqual(['OVER', 'PAID', 1000, 0, null]);
    expect(paid(one, last, result).data).toMatchObject({ grosze: 7000, result: 'OVER', openGrosze: 0 });
  });

  it('is overdue from the day after the last one, and each instalment only once', () => {
    const one = fee();
    one.pay(payment(1000));
    expect(one.fallOverdue('2026-03-16')).toEqual([]);
    const [late, ...others] = one.fallOverdue('2026-03-17');
    expect(others).toEqual([]);
    expect(overdue(one, late!).data).toMatchObject({ dueOn: '2026-03-16', openGrosze: 2000 });
    expect(one.fallOverdue('2026-03-17')).toEqual([]);
    expect([one.state, one.overdueSince, one.dueOn]).toEqual(['OVERDUE', '2026-03-16', '2026-04-15']);
    expect(one.fallOverdue('2026-09-01')).toHaveLength(2);
    one.pay(payment(8000));
    expect([one.state, one.overdueSince]).toEqual(['PAID', null]);
  });
});

describe('a revision', () => {
  it('credits what was charged too much, first what is not paid', () => {
    const one = fee();
    const before = one.charges;
    one.revise({ from: '2026-04-16', grosze: 1000 }, at('2026-03-10'));
    expect(one.charges.map(({ grosze, credited }) => grosze - credited)).toEqual([3000, 2000, 1000]);
    expect(revised(one, '2026-04-16', before).data).toMatchObject({
      grosze: 1000,
      chargedGrosze: 0,
      creditedGrosze: 3000,
    });
  });

  it('gives back to the other instalments what had been paid for one that costs less', () => {
    const one = fee();
    one.pay(payment(3000));
    one.revise({ from: '2026-03-01', grosze: 1000 }, at('2026-03-10'));
    expect(one.charges.map((charge) => [charge.state, openOf(charge)])).toEqual([
      ['PAID', 0],
      ['PAID', 0],
      ['PAID', 0],
    ]);
    expect(one.surplus).toBe(0);
  });

  it('charges in addition what is missing, and leaves the old charge alone', () => {
    const one = fee();
    one.pay(payment(3000));
    one.revise({ from: '2026-03-01', grosze: 4000 }, at('2026-03-20'));
    const added = one.charges.slice(3);
    expect(added.map(({ from, grosze, dueOn }) => [from, grosze, dueOn])).toEqual([
      ['2026-03-01', 1000, '2026-04-03'],
      ['2026-04-01', 1000, '2026-04-15'],
      ['2026-05-01', 1000, '2026-05-15'],
    ]);
    expect(states(one).slice(0, 3)).toEqual(['PAID', 'ASSESSED', 'ASSESSED']);
  });

  it('of the last day credits the time after it, and what was due until then stays due (art. 44(1))', () => {
    const one = fee();
    one.end('2026-04-15', at('2026-04-15'));
    expect(one.charges.map(({ state, grosze, credited }) => [state, grosze - credited])).toEqual([
      ['ASSESSED', 3000],
      ['ASSESSED', 1500],
      ['CREDITED', 0],
    ]);
    expect(() => one.end('2026-04-15', at(day))).toThrow(OutsideFeePeriod);
    expect(() => one.end('2026-02-28', at(day))).toThrow(OutsideFeePeriod);
    expect(() => one.revise({ from: '2026-04-16', grosze: 1 }, at(day))).toThrow(OutsideFeePeriod);
  });
});

describe('the end of the service', () => {
  it('leaves due what was used, and what had not begun costs nothing', () => {
    const used = fee();
    expect(used.cease('2026-03-31', at('2026-03-31'))).toBe(true);
    expect([used.periodTo, used.openGrosze]).toEqual(['2026-03-31', 3000]);
    const unused = fee();
    unused.pay(payment(3000));
    expect(unused.cease('2026-02-20', at('2026-02-25'))).toBe(true);
    expect([unused.openGrosze, unused.surplus, new Set(states(unused))]).toEqual([0, 3000, new Set(['CREDITED'])]);
  });

  it('changes a fee once, and none that ended before', () => {
    const one = fee();
    expect(one.cease('2026-05-31', at('2026-05-31'))).toBe(false);
    expect([one.cease('2026-02-20', at(day)), one.cease('2026-02-10', at(day))]).toEqual([true, false]);
  });
});

describe('a fee for each unit', () => {
  const hours = [
    { on: '2026-03-05', quantity: 2 },
    { on: '2026-03-31', quantity: 1 },
    { on: '2026-04-01', quantity: 5 },
  ];

  it('is charged once a month is over, and once more for what comes late', () => {
    const one = fee(1000, { per: 'HOUR' });
    expect([one.state, one.charges]).toEqual(['ASSESSED', []]);
    expect(one.settleUnits(at('2026-03-31', hours))).toEqual([]);
    expect(one.settleUnits(at('2026-04-01', hours))).toMatchObject([
      { quantity: 3, grosze: 3000, dueOn: '2026-04-15' },
    ]);
    expect(one.settleUnits(at('2026-04-01', hours))).toEqual([]);
    const late = [...hours, { on: '2026-03-20', quantity: 4 }];
    expect(one.settleUnits(at('2026-05-02', late))).toMatchObject([
      { from: '2026-03-01', quantity: 4, grosze: 4000 },
      { from: '2026-04-01', quantity: 5, grosze: 5000 },
    ]);
  });
});

describe('a surplus', () => {
  it('is given back as far as no charge needs it, and counts as not paid then', () => {
    const one = fee(3000, { per: 'ONCE' });
    one.pay(payment(5000));
    expect(() => one.refund(payment(2001))).toThrow(SurplusTooSmall);
    one.refund({ ...payment(1500), reasonCode: 'OVERPAID' });
    expect(balanceOf([one])).toMatchObject({ paidGrosze: 3500, openGrosze: 0, surplusGrosze: 500 });
    expect(one.payments.at(-1)).toMatchObject({ grosze: -1500, reasonCode: 'OVERPAID' });
  });
});

describe('what is unpaid', () => {
  it('is decided on when it is overdue, and enforced when nobody can appeal any more', () => {
    expect(() => fee().decide(decision)).toThrow(NothingOverdue);
    const late = decided();
    expect([late.state, late.overdueSince]).toEqual(['DECISION_ISSUED', null]);
    expect(() => late.decide(decision)).toThrow(NothingOverdue);
    expect(() => late.enforce('decision', '2026-04-16', '2026-04-20')).toThrow(DecisionNotFinal);
    late.deliver('decision', '2026-04-01', 'POST', '2026-04-02');
    expect(() => late.deliver('decision', '2026-04-01', 'POST', '2026-04-02')).toThrow('DELIVERED');
    expect(() => late.enforce('decision', '2026-04-15', '2026-04-20')).toThrow(DecisionNotFinal);
    expect(() => late.enforce('decision', '2026-04-21', '2026-04-20')).toThrow(DecisionNotFinal);
    expect(late.enforce('decision', '2026-04-16', '2026-04-20')).toBe(3000);
    expect([late.state, states(late)]).toEqual(['ENFORCED', ['ENFORCED', 'ASSESSED', 'ASSESSED']]);
    expect(() => late.enforce('decision', '2026-04-16', '2026-04-20')).toThrow('ENFORCED');
  });

  it('is not enforced once it has been paid', () => {
    const late = decided();
    late.deliver('decision', '2026-04-01', 'POST', '2026-04-02');
    late.pay(payment(3000));
    expect(() => late.enforce('decision', '2026-04-16', '2026-04-20')).toThrow('PAID');
  });

  it('is not enforced while an appeal in time has not ended, and is overdue anew when the decision falls', () => {
    const contested = (): Fee => {
      const late = decided();
      late.deliver('decision', '2026-04-01', 'POST', '2026-04-02');
      late.contest('decision', (one) => appealed(one, '2026-04-15', 'POST', '2026-04-16'));
      return late;
    };
    const handed = (): Fee => {
      const late = contested();
      expect(() => late.enforce('decision', '2026-04-20', '2026-04-20')).toThrow(DecisionNotFinal);
      late.contest('decision', (one) => handedOver(one, '2026-04-18', '2026-04-18'));
      expect(() => late.enforce('decision', '2026-04-20', '2026-04-20')).toThrow(DecisionNotFinal);
      return late;
    };
    const upheld = handed();
    expect(() => upheld.contest('decision', (one) => ruled(one, 'UPHELD', '2026-04-17', '2026-04-20'))).toThrow(
      AppealDateWrong,
    );
    upheld.contest('decision', (one) => ruled(one, 'UPHELD', '2026-05-04', '2026-05-05'));
    expect(() => upheld.enforce('decision', '2026-05-03', '2026-05-05')).toThrow(DecisionNotFinal);
    expect(upheld.enforce('decision', '2026-05-04', '2026-05-05')).toBe(3000);

    const quashed = handed();
    quashed.contest('decision', (one) => ruled(one, 'QUASHED', '2026-05-04', '2026-05-05'));
    expect([quashed.state, quashed.overdueGrosze]).toEqual(['OVERDUE', 3000]);
    expect(() => quashed.enforce('decision', '2026-05-05', '2026-05-05')).toThrow('QUASHED');
    quashed.decide({ ...decision, id: 'other', issuedOn: '2026-05-06' });
    expect(quashed.state).toBe('DECISION_ISSUED');

    const granted = contested();
    granted.contest('decision', (one) => reviewed(one, '2026-04-20'));
    expect([granted.state, states(granted)]).toEqual(['OVERDUE', ['OVERDUE', 'ASSESSED', 'ASSESSED']]);
    expect(() => granted.contest('decision', (one) => ruled(one, 'UPHELD', '2026-05-04', '2026-05-05'))).toThrow(
      'REVIEWED',
    );

    const withdrawn = contested();
    withdrawn.contest('decision', (one) => appealWithdrawn(one, '2026-04-20', '2026-04-20'));
    expect(withdrawn.enforce('decision', '2026-04-20', '2026-04-20')).toBe(3000);
  });

  it('is enforced in spite of a late appeal, which the centre cannot grant itself, until the decision is quashed', () => {
    const late = decided();
    late.deliver('decision', '2026-04-01', 'POST', '2026-04-02');
    late.contest('decision', (one) => appealed(one, '2026-04-16', 'POST', '2026-04-16'));
    expect(() => late.contest('decision', (one) => reviewed(one, '2026-04-17'))).toThrow(AppealLate);
    expect(late.enforce('decision', '2026-04-17', '2026-04-17')).toBe(3000);
    late.contest('decision', (one) => handedOver(one, '2026-04-18', '2026-04-18'));
    late.contest('decision', (one) => ruled(one, 'QUASHED', '2026-05-04', '2026-05-05'));
    expect(states(late)).toEqual(['OVERDUE', 'ASSESSED', 'ASSESSED']);
  });

  it('counts as delivered so many days after the first notice of a letter that nobody took', () => {
    const late = decided();
    expect(() => late.deliver('decision', '2026-04-14', 'POST', '2026-04-14', '2026-03-31')).toThrow(DeliveryDateWrong);
    expect(late.deliver('decision', '2026-04-15', 'POST', '2026-04-15', '2026-04-01')).toEqual({
      deliveredOn: '2026-04-15',
      channel: 'POST',
      noticeLeftOn: '2026-04-01',
      appealUntil: '2026-04-29',
    });
  });

  it('is waived as far as it is open and not decided on', () => {
    const late = decided();
    late.pay(payment(1000));
    const [first, second] = late.charges;
    expect(() => late.waive([first!.id])).toThrow(NothingToWaive);
    expect(() => late.waive([first!.id, second!.id])).toThrow(NothingToWaive);
    expect(late.waive([second!.id])).toBe(3000);
    expect(late.waive()).toBe(3000);
    expect(states(late)).toEqual(['DECISION_ISSUED', 'WAIVED', 'WAIVED']);
    expect(balanceOf([late])).toMatchObject({
      chargedGrosze: 9000,
      waivedGrosze: 6000,
      paidGrosze: 1000,
      openGrosze: 2000,
    });
  });
});

describe('whatever happens in whatever order', () => {
  type Act = { readonly name: string; readonly run: (one: Fee, moment: Moment) => unknown };
  const days = fc.nat({ max: 500 }).map((count) => addDays('2026-01-15', count));
  const act: fc.Arbitrary<Act> = fc.oneof(
    {
      arbitrary: fc
        .nat({ max: 9000 })
        .map((grosze) => ({ name: `pay ${grosze}`, run: (one: Fee) => one.pay(payment(grosze)) })),
      weight: 4,
    },
    fc.tuple(days, fc.nat({ max: 5000 })).map(([from, grosze]) => ({
      name: `revise from ${from} to ${grosze}`,
      run: (one: Fee, moment: Moment) => one.revise({ from, grosze }, moment),
    })),
    days.map((last) => ({ name: `end ${last}`, run: (one: Fee, moment: Moment) => one.end(last, moment) })),
    fc.constant({ name: 'settle', run: (one: Fee, moment: Moment) => one.settleUnits(moment) }),
    {
      arbitrary: fc.constant({ name: 'fall overdue', run: (one: Fee, { today }: Moment) => one.fallOverdue(today) }),
      weight: 3,
    },
    fc.constant({
      name: 'decide',
      run: (one: Fee, { today, newId }: Moment) => one.decide({ ...decision, id: newId(), issuedOn: today }),
    }),
    fc.constant({
      name: 'deliver',
      run: (one: Fee, { today }: Moment) => one.deliver(one.decisions.at(-1)?.id ?? '', today, 'POST', today),
    }),
    fc.constant({
      name: 'enforce',
      run: (one: Fee, { today }: Moment) => one.enforce(one.decisions.at(-1)?.id ?? '', today, today),
    }),
    fc.constant({ name: 'waive', run: (one: Fee) => one.waive() }),
    fc
      .nat({ max: 9000 })
      .map((grosze) => ({ name: `refund ${grosze}`, run: (one: Fee) => one.refund(payment(grosze)) })),
    fc
      .constantFrom<[string, (one: FeeDecision, today: string) => FeeDecision][]>(
        ['appeal', (one, today) => appealed(one, today, 'POST', today)],
        ['hand over', (one, today) => handedOver(one, today, today)],
        ['review', (one, today) => reviewed(one, today)],
        ['quash', (one, today) => ruled(one, 'QUASHED', today, today)],
      )
      .map(([name, becomes]) => ({
        name,
        run: (one: Fee, { today }: Moment) =>
          void one.contest(one.decisions.at(-1)?.id ?? '', (latest) => becomes(latest, today)),
      })),
  );
  const story = fc.array(fc.tuple(act, fc.nat({ max: 40 })), { maxLength: 25 });
  const delivered = fc.array(fc.record({ on: days, quantity: fc.nat({ max: 9 }) }), { maxLength: 10 });
  const per = fc.constantFrom('ONCE', 'DAY', 'WEEK', 'MONTH', 'YEAR', 'HOUR');

  it('the charges come to what is due, the balance to charges less payments and waivers, and nothing falls overdue twice', () => {
    fc.assert(
      fc.property(per, delivered, story, (kind, all, acts) => {
        let today = '2026-01-15';
        const moment = (): Moment =>
          at(
            today,
            all.filter(({ on }) => on <= today),
          );
        const one = Fee.assess(
          'fee',
          { ...about, per: kind },
          { from: today, to: addDays(today, 500) },
          3000,
          words,
          moment(),
        );
        const overdueOnce = new Map<string, number>();
        let payments = 0;
        for (const [{ run }, later] of acts) {
          today = addDays(today, later);
          const before = one.payments.length;
          try {
            const result = run(one, moment());
            if (Array.isArray(result))
              for (const { id, state } of result as { id: string; state: string }[])
                if (state === 'ASSESSED' && one.charges.find((charge) => charge.id === id)?.state === 'OVERDUE')
                  overdueOnce.set(id, (overdueOnce.get(id) ?? 0) + 1);
          } catch (error) {
            expect((error as { code?: string }).code).toEqual(expect.any(String));
          }
          payments += totalOf(one.payments.slice(before));
          const { chargedGrosze, waivedGrosze, paidGrosze, openGrosze, surplusGrosze } = balanceOf([one]);
          expect(paidGrosze).toBe(payments);
          expect(openGrosze - surplusGrosze).toBe(chargedGrosze - paidGrosze - waivedGrosze);
          expect(openGrosze === 0 || surplusGrosze === 0).toBe(true);
          for (const charge of one.charges) {
            const parts = [charge.credited, charge.waived, charge.paid, openOf(charge)];
            expect(parts.every((part) => Number.isSafeInteger(part) && part >= 0)).toBe(true);
            expect(openOf(charge) === 0).toBe(['PAID', 'WAIVED', 'CREDITED'].includes(charge.state));
          }
          expect(one.state === 'OVERDUE').toBe(one.charges.some(({ state }) => state === 'OVERDUE') && !decidedOn(one));
        }
        one.settleUnits(moment());
        const span = { from: one.periodFrom, to: one.periodTo };
        expect(balanceOf([one]).chargedGrosze).toBe(
          totalOf(instalmentsOf(kind, one.rates, span, moment().delivered, today)),
        );
        expect(Math.max(0, ...overdueOnce.values())).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });

  const decidedOn = (one: Fee): boolean =>
    one.charges.some(({ state }) => state === 'DECISION_ISSUED' || state === 'ENFORCED');
});
