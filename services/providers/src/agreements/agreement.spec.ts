import { addDays } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { assertSendable } from '@okienko/contracts/validation';
import type { DomainEvent } from '@okienko/contracts/event';
import fc from 'fast-check';
import { Agreement } from './agreement';
import { AgreementIncomplete, MonthSettled } from './agreement-errors';
import { type Forecast } from './forecast';
import { newService, type Parts } from './prices';
import type { Planning, Signing } from './signing';

const id = '0197a000-0000-7000-8000-000000000001';
const providerId = '0197a000-0000-7000-8000-000000000010';
const offerId = '0197a000-0000-7000-8000-000000000002';
const from = '2026-03-02';
const to = '2026-12-31';
const parts: Parts = { services: [newService({ offerId, unit: 'HOUR', ceilingQuantity: 1200 })], prices: [] };
const competition = { form: 'ENTRUST', announcedOn: '2026-01-05', offersUntil: '2026-01-26' } as const;

const plan = (more: Partial<Planning> = {}): Agreement =>
  Agreement.plan(
    id,
    {
      providerId,
      selectionMode: 'NGO_OPEN_COMPETITION',
      subject: 'Opieka',
      from,
      to,
      ceilingGrosze: 6_000_000,
      ...more,
    },
    '2861011',
  );
const signing: Signing = {
  number: 'CUS.272.3.2026',
  signedOn: '2026-02-20',
  prices: [{ offerId, priceGrosze: 4500, from }],
  conditions: { accessibility: 'Bez progów', dataRole: 'PROCESSOR' },
  noShowPermille: 500,
  funding: [{ from, shares: [{ source: 'GMINA', permille: 1000 }] }],
};
const signed = (more: Partial<Signing> = {}): { agreement: Agreement; parts: Parts } => {
  const agreement = plan();
  agreement.procure(competition, '2026-01-05');
  return { agreement, parts: agreement.sign({ ...signing, ...more }, parts, '2026-02-20').parts };
};
const active = (): { agreement: Agreement; parts: Parts } => {
  const made = signed();
  made.agreement.advance(from);
  return made;
};
const namesOf = (events: readonly DomainEvent[]): string[] =>
  events.map(({ contract }) => contract.$id.split('.')[2] ?? '');
const pointersOf = (act: () => unknown): string[] => {
  try {
    act();
    return [];
  } catch (error) {
    if (!(error instanceof AgreementIncomplete)) throw error;
    return error.errors.map(({ pointer }) => pointer);
  }
};
const nothingAhead = { uncovered: [], forecasts: [] };

describe('an agreement', () => {
  it('is signed whole: prices, ceiling, accessibility, the role towards personal data', () => {
    const agreement = plan();
    agreement.procure(competition, '2026-01-05');
    const { told, parts: whole } = agreement.sign(signing, parts, '2026-02-20');
    expect(whole.prices).toEqual([{ offerId, unit: 'HOUR', priceGrosze: 4500, from, to: null }]);
    expect(told.map(({ data }) => data)).toEqual([
      {
        providerId,
        selectionMode: 'NGO_OPEN_COMPETITION',
        from,
        to,
        services: [{ offerId, unit: 'HOUR', ceilingQuantity: 1200 }],
        ceilingGrosze: 6_000_000,
        signedOn: '2026-02-20',
      },
      {
        providerId,
        prices: [{ offerId, unit: 'HOUR', priceGrosze: 4500, from }],
        noShowPermille: 500,
        funding: signing.funding,
      },
    ]);
    for (const { contract, data } of told) assertSendable(contract, data);
  });

  it.each<[string, Partial<Signing>, string[]]>([
    ['prices', { prices: [] }, ['/prices']],
    ['accessibility', { conditions: { dataRole: 'PROCESSOR' } }, ['/conditions/accessibility']],
    ['a role towards personal data', { conditions: { accessibility: 'Bez progów' } }, ['/conditions/dataRole']],
    ['a day of signature that has come', { signedOn: '2026-02-21' }, ['/signedOn']],
    ['whole funding', { funding: [{ from, shares: [{ source: 'EU', permille: 999 }] }] }, ['/funding/0']],
  ])('is not signed without %s', (_, more, pointers) => expect(pointersOf(() => signed(more))).toEqual(pointers));

  it('has a ceiling where it costs money', () => {
    const agreement = Agreement.plan(
      id,
      { providerId, selectionMode: 'PROCUREMENT', subject: 'Opieka', from, to },
      null,
    );
    agreement.procure({ procedure: 'GENERAL', estimatedGrosze: 1 }, from);
    expect(pointersOf(() => agreement.sign(signing, parts, '2026-02-20'))).toEqual(['/ceilingGrosze']);
  });

  it('with a unit of the gmina needs neither a procedure nor prices nor conditions', () => {
    const agreement = Agreement.plan(id, { providerId, selectionMode: 'OWN_UNIT', subject: 'Opieka', from, to }, null);
    const { told } = agreement.sign({ number: 'Z/1/2026', signedOn: from }, parts, from);
    expect(namesOf(told)).toEqual(['signed', 'prices-set', 'activated']);
    expect(agreement.reports).toEqual([]);
  });

  it('goes only the ways that the table knows', () => {
    const days = { agreement: plan(), today: '2026-02-20' };
    const acts = {
      procure: () => days.agreement.procure(competition, '2026-01-05'),
      sign: () => days.agreement.sign(signing, parts, '2026-02-20'),
      begin: () => {
        if (days.agreement.advance(from).length === 0) throw new NotInState('agreement', 'activated', '');
      },
      suspend: () => days.agreement.suspend(from, 'QUALITY'),
      resume: () => days.agreement.resume(from),
      end: () => days.agreement.end(from, 'BREACH'),
      cancel: () => days.agreement.cancel('NO_OFFERS'),
      settle: () => days.agreement.settle(to),
    };
    type Act = keyof typeof acts;
    const way = /^(procure( sign( begin( suspend resume)*( suspend)?)?( end( settle)?)?| cancel)?|cancel)$/;
    const act = fc.constantFrom(...(Object.keys(acts) as Act[]));
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 14 }), (path) => {
        days.agreement = plan();
        const walked: Act[] = [];
        for (const step of path) {
          if (way.test([...walked, step].join(' '))) {
            if (step === 'settle') days.agreement.receiveReport('2026-04-01', from, from);
            acts[step]();
            walked.push(step);
          } else {
            expect(acts[step]).toThrow(NotInState);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('begins and ends by the calendar, late after a downtime, each once', () => {
    const { agreement } = signed();
    expect(agreement.advance(addDays(from, -1))).toEqual([]);
    expect(namesOf(agreement.advance(addDays(to, 5)))).toEqual(['activated', 'ended']);
    expect(agreement.advance(addDays(to, 6))).toEqual([]);
    expect(agreement).toMatchObject({ state: 'ENDED', to, endReason: 'TERM' });
  });

  it('that is ended before its time covers no later day; before it began, none', () => {
    const { agreement } = active();
    expect(agreement.end('2026-05-10', 'BREACH').data).toEqual({
      providerId,
      endedOn: '2026-05-10',
      reasonCode: 'BREACH',
    });
    const unbegun = signed().agreement;
    unbegun.end('2026-02-21', 'WITHDRAWN');
    expect(unbegun.to).toBe(addDays(from, -1));
  });

  it('takes orders within its period while it is signed or active', () => {
    const { agreement } = signed();
    expect(agreement.takesOrders(from, to)).toBe(true);
    expect(agreement.takesOrders(addDays(from, -1), to)).toBe(false);
    expect(agreement.takesOrders(from, addDays(to, 1))).toBe(false);
    agreement.advance(from);
    agreement.suspend(from, 'QUALITY');
    expect(agreement.takesOrders(from, to)).toBe(false);
    agreement.resume(from);
    expect(agreement.takesOrders(from, to)).toBe(true);
  });
});

describe('an amendment', () => {
  const aneks = { number: 'Aneks 1', signedOn: '2026-05-20', from: '2026-06-01' };
  const today = '2026-05-20';

  it('says what has changed, from when, and how it was', () => {
    const { agreement, parts: whole } = active();
    const prices = [{ offerId, priceGrosze: 4900 }];
    const result = agreement.amend({ ...aneks, ceilingGrosze: 9_000_000, prices }, whole, null, today);
    expect(result.parts.prices.map(({ priceGrosze, to: last }) => [priceGrosze, last])).toEqual([
      [4500, '2026-05-31'],
      [4900, null],
    ]);
    expect(result.told.map(({ data }) => data)[0]).toEqual({
      providerId,
      from: '2026-06-01',
      to,
      changed: ['CEILING_GROSZE', 'PRICES'],
      ceilingGrosze: 9_000_000,
    });
    expect(namesOf(result.told)).toEqual(['amended', 'prices-set']);
    expect(agreement.amendments).toEqual([
      {
        ...aneks,
        changes: { ceilingGrosze: 9_000_000, prices },
        before: { ceilingGrosze: 6_000_000, prices: whole.prices },
      },
    ]);
  });

  it('extends the term, and with it the last report', () => {
    const { agreement, parts: whole } = active();
    agreement.amend({ ...aneks, to: '2027-03-31' }, whole, null, today);
    expect(agreement.reports).toEqual([{ kind: 'FINAL', dueOn: '2027-04-30', receivedOn: null }]);
  });

  it('adds a service from its day on, with its price', () => {
    const { agreement, parts: whole } = active();
    const other = '0197a000-0000-7000-8000-000000000003';
    const services = [{ offerId: other, unit: 'RIDE' } as const];
    expect(pointersOf(() => agreement.amend({ ...aneks, services }, whole, null, today))).toEqual(['/prices']);
    const prices = [{ offerId: other, priceGrosze: 3000 }];
    const result = active().agreement.amend({ ...aneks, services, prices }, whole, null, today);
    expect(result.parts.services.at(-1)).toEqual({
      offerId: other,
      unit: 'RIDE',
      ceilingQuantity: null,
      from: '2026-06-01',
    });
  });

  it('never reaches back into a settled month', () => {
    const { agreement, parts: whole } = active();
    const amend = (settledUntil: string) => () =>
      agreement.amend({ ...aneks, answerDays: 2 }, whole, settledUntil, today);
    expect(amend('2026-06-01')).toThrow(MonthSettled);
    expect(amend('2026-05-31')).not.toThrow();
  });

  it.each<[string, object, string]>([
    ['changes nothing', {}, ''],
    ['changes the unit of a service', { services: [{ offerId, unit: 'DAY' }] }, '/services/0/unit'],
    ['counts from a day that is not part of it', { from: '2027-01-01', answerDays: 3 }, '/from'],
    ['is still to be signed', { signedOn: '2026-05-21', answerDays: 3 }, '/signedOn'],
  ])('is refused when it %s', (_, more, pointer) => {
    const { agreement, parts: whole } = active();
    expect(pointersOf(() => agreement.amend({ ...aneks, ...more }, whole, null, today))).toEqual([pointer]);
  });
});

describe('warnings', () => {
  const ahead = (more: Partial<Forecast>): Forecast => ({
    offerId,
    unit: 'HOUR',
    ceiling: 1200,
    ordered: 0,
    delivered: 0,
    usedPermille: 0,
    outcome: 'LASTS',
    runsOutOn: null,
    ...more,
  });

  it('of the end and of a gap behind it are given once, and anew when the end is another', () => {
    const { agreement, parts: whole } = active();
    const outlook = { ...nothingAhead, uncovered: [offerId] };
    expect(agreement.warn('2026-10-31', outlook)).toEqual([]);
    const told = agreement.warn('2026-11-01', outlook);
    expect(told.map(({ contract, data }) => [contract.$id.split('.')[2], data])).toEqual([
      ['ending-soon', { providerId, endsOn: to }],
      ['gap-ahead', { providerId, offerId, from: '2027-01-01' }],
    ]);
    for (const { contract, data } of told) assertSendable(contract, data);
    expect(agreement.warn('2026-11-02', outlook)).toEqual([]);
    const aneks = { number: 'Aneks 1', signedOn: '2026-11-02', from: '2026-12-01', to: '2027-06-30' };
    agreement.amend(aneks, whole, null, '2026-11-02');
    expect(agreement.warn('2026-11-03', outlook)).toEqual([]);
    expect(namesOf(agreement.warn('2027-05-01', outlook))).toContain('gap-ahead');
  });

  it('of a ceiling come when most of it is ordered, or it runs out soon, and when nothing is left', () => {
    const warn = (more: Partial<Forecast>): string[] =>
      namesOf(active().agreement.warn('2026-05-01', { uncovered: [], forecasts: [ahead(more)] }));
    expect(warn({ usedPermille: 799 })).toEqual([]);
    expect(warn({ usedPermille: 800 })).toEqual(['ceiling-near']);
    expect(warn({ outcome: 'RUNS_OUT', runsOutOn: '2026-06-30' })).toEqual(['ceiling-near']);
    expect(warn({ outcome: 'RUNS_OUT', runsOutOn: '2026-07-01' })).toEqual([]);
    expect(warn({ outcome: 'EXHAUSTED', usedPermille: 1000 })).toEqual(['ceiling-reached']);
  });

  it('of a report come two weeks before it is due, also after the end, until it is there', () => {
    const { agreement } = active();
    agreement.advance('2027-01-16');
    expect(namesOf(agreement.warn('2027-01-15', nothingAhead))).toEqual([]);
    expect(namesOf(agreement.warn('2027-01-16', nothingAhead))).toEqual(['report-due']);
    expect(agreement.warn('2027-01-17', nothingAhead)).toEqual([]);
    expect(pointersOf(() => agreement.settle('2027-02-01'))).toEqual(['/reports']);
    expect(agreement.receiveReport('2027-01-30', '2027-01-22', '2027-01-22').data).toEqual({
      providerId,
      dueOn: '2027-01-30',
      receivedOn: '2027-01-22',
    });
  });
});
