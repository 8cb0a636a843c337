import fc from 'fast-check';
import type { Known } from '../criteria/check';
import { isExact } from './amount';
import { assess, type Assessment } from './assess';
import { faultsOf } from './check';
import type { FeeFacts } from './facts';
import { feeRules, mostGrosze, mostIncome } from './fee';
import type { FeeData, ReliefData } from './schema';

const on = '2026-11-22';
const matter: FeeFacts = { on, serviceCode: 'uslugi-opiekuncze' };
const alone = { household: [] };
const family = { household: [{}, {}] };
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const told = ({ steps }: Assessment): string[] => steps.map(plain);

/** As resolutions on care services have it: by income in percent of the criterion, of the cost of an hour. */
const care: FeeData = {
  rule: 'TABLE_BY_INCOME',
  tables: [
    {
      validFrom: '2021-10-15',
      costGrosze: 2400,
      unit: 'HOUR',
      basis: 'CRITERION_PERCENT',
      rows: [
        { upTo: 100, singlePercent: 0, familyPercent: 0 },
        { upTo: 150, singlePercent: 5, familyPercent: 10.5 },
        { upTo: 300, singlePercent: 40, familyPercent: 60 },
        { singlePercent: 100, familyPercent: 100 },
      ],
    },
  ],
};
const meals: FeeData = {
  rule: 'PER_UNIT',
  grosze: 1250,
  unit: 'MEAL',
  reliefs: [
    {
      code: 'LARGE_FAMILY',
      percent: 30,
      criteria: [{ anyOf: [{ allOf: [{ kind: 'HOUSEHOLD', of: 'EVERYBODY', from: 5 }] }] }],
    },
    { code: 'OVER_75', percent: 50, criteria: [{ anyOf: [{ allOf: [{ kind: 'AGE', from: 75 }] }] }] },
    { code: 'HARDSHIP', percent: 100, reasons: ['FIRE', 'FLOOD'] },
  ],
};
const known: Known = { statements: new Set(), evidence: new Set(['LARGE_FAMILY_CARD']), services: new Set(['taxi']) };

describe('what somebody pays', () => {
  const due = (fee: FeeData, facts: Partial<FeeFacts>): unknown => {
    const { outcome, amount } = assess(fee, { ...matter, ...facts });
    return amount && isExact(amount)
      ? [outcome, amount.mostGrosze]
      : [outcome, amount?.leastGrosze, amount?.mostGrosze];
  };

  test.each<[string, FeeData, Partial<FeeFacts>, unknown]>([
    ['nothing, of a free service', { rule: 'FREE' }, {}, ['KNOWN', 0]],
    ['nothing to the centre, where one bears one’s own costs', { rule: 'OWN_COSTS_ONLY' }, {}, ['KNOWN', 0]],
    ['as much as everybody, of a flat fee', { rule: 'FLAT', grosze: 3000, per: 'MONTH' }, {}, ['KNOWN', 3000]],
    ['nobody knows, where the programme has it in words', { rule: 'FLAT' }, {}, ['UNKNOWN', undefined, undefined]],
    ['nobody knows, by a rule that a later edition brings', { rule: 'LOTTERY' }, {}, ['UNKNOWN', undefined, undefined]],
    // The criterion of one who lives alone is 1010 PLN since 2025, and 823 PLN in a family.
    [
      'by the row of the table that reaches the income',
      care,
      { ...alone, incomePerPersonGrosze: 101_000 },
      ['KNOWN', 0],
    ],
    ['by the next one, from a grosz more', care, { ...alone, incomePerPersonGrosze: 101_001 }, ['KNOWN', 120]],
    ['by the column of a family', care, { ...family, incomePerPersonGrosze: 101_000 }, ['KNOWN', 252]],
    ['all of it, above the last bound', care, { ...alone, incomePerPersonGrosze: 303_001 }, ['KNOWN', 2400]],
    [
      'by the criterion of its time',
      care,
      { on: '2024-12-31', ...alone, incomePerPersonGrosze: 101_000 },
      ['KNOWN', 120],
    ],
    [
      'no table counts yet',
      care,
      { on: '2021-10-14', ...alone, incomePerPersonGrosze: 1 },
      ['UNKNOWN', undefined, undefined],
    ],
    ['no more than it may be, while the income is not told', care, alone, ['UNKNOWN', 0, 2400]],
    ['one of two, while the household is not told', care, { incomePerPersonGrosze: 120_000 }, ['UNKNOWN', 120, 252]],
    ['the same, where what is not told makes no difference', care, { incomePerPersonGrosze: 50_000 }, ['KNOWN', 0]],
    ['less, by a relief', meals, { ...family, birthDate: '1951-11-22' }, ['KNOWN', 625]],
    ['all, without one', meals, { ...family, birthDate: '1951-11-23' }, ['KNOWN', 1250]],
    ['by the greater of two, alone', meals, { household: [{}, {}, {}, {}], birthDate: '1951-11-22' }, ['KNOWN', 625]],
    [
      'by the smaller, where the greater is not theirs',
      meals,
      { household: [{}, {}, {}, {}], birthDate: '2000-01-01' },
      ['KNOWN', 875],
    ],
    ['one of several, while it is not told whether one is entitled', meals, family, ['UNKNOWN', 625, 1250]],
    [
      'nothing, once the centre has said so',
      meals,
      { reliefsGranted: [{ code: 'HARDSHIP', reason: 'FIRE' }] },
      ['KNOWN', 0],
    ],
    [
      'all, when the reason is none of the programme’s',
      meals,
      { ...family, birthDate: '2000-01-01', reliefsGranted: [{ code: 'HARDSHIP', reason: 'PITY' }] },
      ['KNOWN', 1250],
    ],
  ])('%s', (_, fee, facts, expected) => expect(due(fee, facts)).toEqual(expected));

  test('a table may count in grosze', () => {
    const rows = [{ upTo: 150_000, singlePercent: 10, familyPercent: 20 }, care.tables![0]!.rows.at(-1)!];
    const inGrosze: FeeData = { ...care, tables: [{ ...care.tables![0]!, basis: 'GROSZE', rows }] };
    expect(due(inGrosze, { ...alone, incomePerPersonGrosze: 150_000 })).toEqual(['KNOWN', 240]);
    expect(due(inGrosze, { ...family, incomePerPersonGrosze: 150_001 })).toEqual(['KNOWN', 2400]);
  });

  test('a later table takes the place of the one before it', () => {
    const [table] = care.tables ?? [];
    const tables = [table!, { ...table!, validFrom: '2026-01-01', costGrosze: 3000 }];
    const facts = { ...alone, incomePerPersonGrosze: mostIncome };
    expect(due({ ...care, tables }, { ...facts, on: '2025-12-31' })).toEqual(['KNOWN', 2400]);
    expect(due({ ...care, tables }, { ...facts, on: '2026-01-01' })).toEqual(['KNOWN', 3000]);
  });

  test('of so many units, all together, to the grosz and never more', () => {
    const total = (fee: FeeData, quantity: number): unknown =>
      assess(fee, { ...matter, ...alone, incomePerPersonGrosze: 101_001, quantity }).total;
    expect(total(care, 20)).toEqual({ leastGrosze: 2400, mostGrosze: 2400 });
    expect(total({ rule: 'PER_UNIT', grosze: 333, unit: 'HOUR' }, 0.5)).toEqual({ leastGrosze: 166, mostGrosze: 166 });
    expect(total({ rule: 'FLAT', grosze: 3000, per: 'MONTH' }, 20)).toBeUndefined();
  });
});

describe('in plain Polish, step by step', () => {
  const names: Record<string, string> = {
    LARGE_FAMILY: 'rodzina wielodzietna',
    OVER_75: 'osoby 75+',
    HARDSHIP: 'zdarzenie losowe',
    FIRE: 'pożar',
    FLOOD: 'powódź',
  };
  const explained = (fee: FeeData, facts: Partial<FeeFacts>): string[] =>
    told(assess(fee, { ...matter, ...facts }, (code) => names[code] ?? code));

  test('of a table', () => {
    expect(explained(care, { ...family, incomePerPersonGrosze: 120_000, quantity: 10 })).toEqual([
      'Koszt: 1 godzina – 24,00 zł. Płaci się jego część, zależnie od dochodu na osobę.',
      'Dochód na osobę: 1200,00 zł, to 145,81% kryterium dochodowego osoby w rodzinie (823,00 zł).',
      'Część kosztu według tabeli: 10,5%.',
      'Do zapłaty: 2,52 zł (1 godzina).',
      'Razem za 10: 25,20 zł.',
    ]);
    expect(explained(care, {})).toEqual([
      'Koszt: 1 godzina – 24,00 zł. Płaci się jego część, zależnie od dochodu na osobę.',
      'Nie podano, kto mieszka w gospodarstwie domowym.',
      'Nie podano dochodu na osobę.',
      'Część kosztu według tabeli: od 0% do 100%.',
      'Do zapłaty: od 0,00 zł do 24,00 zł (1 godzina); dokładnie będzie wiadomo, gdy będą wszystkie dane.',
    ]);
  });

  test('of reliefs', () => {
    expect(explained(meals, { birthDate: '1950-01-01' })).toEqual([
      'Opłata: 1 posiłek – 12,50 zł.',
      'Ulga 30% – rodzina wielodzietna: brak danych.',
      'Ulga 50% – osoby 75+: przysługuje.',
      'Zwolnienie z opłaty – zdarzenie losowe: nie przyznano. Centrum może przyznać z powodu: pożar lub powódź.',
      'Z kilku ulg liczy się największa.',
      'Do zapłaty: 6,25 zł (1 posiłek).',
    ]);
    expect(explained({ rule: 'FLAT', grosze: 3000, per: 'MONTH' }, {})).toEqual([
      'Opłata stała: 30,00 zł za miesiąc.',
      'Do zapłaty: 30,00 zł za miesiąc.',
    ]);
  });
});

describe('a fee as it is written', () => {
  const faults = (fee: FeeData): string[] => faultsOf(fee, known, '2021-10-15');
  const [table] = care.tables ?? [];
  const rows = table!.rows;
  const tabled = (changes: object): FeeData => ({ ...care, tables: [{ ...table!, ...changes }] });
  const relieved = (relief: Partial<ReliefData>): FeeData => ({
    ...meals,
    reliefs: [{ code: 'A', percent: 50, ...relief }],
  });

  test.each<[string, FeeData]>([
    ['a table', care],
    ['reliefs', meals],
    ...feeRules.map((rule): [string, FeeData] => [`${rule} in words`, { rule }]),
  ])('%s is in order', (_, fee) => expect(faults(fee)).toEqual([]));

  test.each<[string, FeeData]>([
    ['/rule: LOTTERY is no rule of fees', { rule: 'LOTTERY' }],
    ['/grosze: FREE takes none', { rule: 'FREE', grosze: 1 }],
    ['/per: FLAT needs it', { rule: 'FLAT', grosze: 1 }],
    ['/unit: FLAT takes none', { rule: 'FLAT', grosze: 1, per: 'ONCE', unit: 'HOUR' }],
    ['/reliefs: of FREE there is none', { rule: 'FREE', reliefs: [{ code: 'A', percent: 1, reasons: ['B'] }] }],
    ['/reliefs: they need grosze and per', { rule: 'FLAT', reliefs: [{ code: 'A', percent: 1, reasons: ['B'] }] }],
    [
      '/tables/0/validFrom: the programme begins on 2021-10-15, when no table counts yet',
      tabled({ validFrom: '2021-10-16' }),
    ],
    ['/tables/1/validFrom: is no later than that of the table before it', { ...care, tables: [table!, table!] }],
    ['/tables/0/rows: a table has a row at least', tabled({ rows: [] })],
    [
      '/tables/0/rows/2/upTo: the last row has none, so that every income has its row',
      tabled({ rows: rows.slice(0, 3) }),
    ],
    ['/tables/0/rows/0/upTo: only the last row has none', tabled({ rows: [rows[3]!, rows[3]!] })],
    [
      '/tables/0/rows/1/upTo: is no more than that of the row before it',
      tabled({ rows: [rows[0]!, rows[0]!, rows[3]!] }),
    ],
    [
      '/tables/0/rows/0: 101 is no percentage from 0 to 100',
      tabled({ rows: [{ singlePercent: 101, familyPercent: 0 }] }),
    ],
    ['/reliefs/0: it has either criteria or reasons of discretion', relieved({})],
    [
      '/reliefs/0: it has either criteria or reasons of discretion',
      relieved({ criteria: meals.reliefs![1]!.criteria!, reasons: ['B'] }),
    ],
    ['/reliefs/0/percent: a relief is of more than 0 and at most 100', relieved({ percent: 0, reasons: ['B'] })],
    ['/reliefs/0/criteria: they say who is entitled', relieved({ criteria: [] })],
    ['/reliefs/0/reasons: name a reason at least', relieved({ reasons: [] })],
    ['/reliefs/0/reasons: one is listed twice', relieved({ reasons: ['B', 'B'] })],
    ['/reliefs/1/code: HARDSHIP is listed twice', { ...meals, reliefs: [meals.reliefs![2]!, meals.reliefs![2]!] }],
    [
      '/reliefs/0/criteria/0/anyOf/0/allOf/0: STUDENT_CARD is not among the evidence of this programme',
      relieved({ criteria: [{ anyOf: [{ allOf: [{ kind: 'EVIDENCE', code: 'STUDENT_CARD' }] }] }] }),
    ],
  ])('%s', (sentence, fee) => expect(faults(fee)).toEqual([sentence]));
});

describe('whatever the fee and the facts', () => {
  const grosze = fc.integer({ min: 0, max: mostGrosze });
  const percent = fc.integer({ min: 0, max: 100_00 }).map((value) => value / 100);
  const relief: fc.Arbitrary<ReliefData> = fc.oneof(
    fc.record({
      code: fc.constantFrom('A', 'B'),
      percent,
      criteria: fc
        .oneof(
          fc.integer({ min: 0, max: 100 }).map((from) => ({ kind: 'AGE', from })),
          fc.integer({ min: 1, max: 5 }).map((from) => ({ kind: 'HOUSEHOLD', of: 'EVERYBODY' as const, from })),
        )
        .map((condition) => [{ anyOf: [{ allOf: [condition] }] }]),
    }),
    fc.record({ code: fc.constantFrom('C', 'D'), percent, reasons: fc.constant<string[]>(['FIRE']) }),
  );
  const reliefs = fc.array(relief, { maxLength: 4 });
  /** `monotone`: whoever has more pays no smaller part. */
  const table = (monotone: boolean): fc.Arbitrary<FeeData> =>
    fc
      .record({
        bounds: fc.uniqueArray(fc.integer({ min: 1, max: 500_000 }), { maxLength: 6 }),
        percents: fc.array(fc.tuple(percent, percent), { minLength: 7, maxLength: 7 }),
        basis: fc.constantFrom('CRITERION_PERCENT' as const, 'GROSZE' as const),
        costGrosze: grosze,
        reliefs,
      })
      .map(({ bounds, percents, basis, costGrosze, reliefs: given }) => {
        const inOrder = (values: number[]): number[] => (monotone ? values.sort((a, b) => a - b) : values);
        const [single, families] = [inOrder(percents.map(([one]) => one)), inOrder(percents.map(([, other]) => other))];
        const ends = [
          ...bounds.sort((a, b) => a - b).map((upTo) => ({ upTo: basis === 'GROSZE' ? upTo : upTo / 100 })),
          {},
        ];
        const rows = ends.map((end, index) => ({
          ...end,
          singlePercent: single[index]!,
          familyPercent: families[index]!,
        }));
        return {
          rule: 'TABLE_BY_INCOME',
          tables: [{ validFrom: '2021-01-01', costGrosze, unit: 'HOUR', basis, rows }],
          reliefs: given,
        };
      });
  const fee: fc.Arbitrary<FeeData> = fc.oneof(
    fc.constantFrom<FeeData>({ rule: 'FREE' }, { rule: 'OWN_COSTS_ONLY' }),
    fc.record({ rule: fc.constant('FLAT'), grosze, per: fc.constantFrom('ONCE' as const, 'MONTH' as const), reliefs }),
    fc.record({ rule: fc.constant('PER_UNIT'), grosze, unit: fc.constant('RIDE'), reliefs }),
    table(false),
  );
  const everything = {
    on: fc.constant(on),
    serviceCode: fc.constant(matter.serviceCode),
    quantity: fc.integer({ min: 1, max: 100_000_000 }).map((value) => value / 100),
    birthDate: fc.integer({ min: 1900, max: 2026 }).map((year) => `${year}-06-01`),
    household: fc.array(fc.constant({}), { maxLength: 4 }),
    incomePerPersonGrosze: fc.oneof(fc.integer({ min: 0, max: 600_000 }), fc.integer({ min: 0, max: mostIncome })),
    reliefsGranted: fc.array(fc.record({ code: fc.constantFrom('C', 'D'), reason: fc.constantFrom('FIRE', 'PITY') }), {
      maxLength: 2,
    }),
  };
  const all: fc.Arbitrary<FeeFacts> = fc.record(everything);
  const some = fc.record(everything, {
    requiredKeys: ['on', 'serviceCode', 'reliefsGranted'],
  }) as fc.Arbitrary<FeeFacts>;

  test('who tells everything hears an amount, in whole grosze and never below zero', () => {
    fc.assert(
      fc.property(fee, all, (one, facts) => {
        const { outcome, amount, total } = assess(one, facts);
        expect(outcome).toBe('KNOWN');
        for (const found of [amount!, ...(total ? [total] : [])]) {
          expect(isExact(found)).toBe(true);
          expect(Number.isSafeInteger(found.mostGrosze) && found.mostGrosze >= 0).toBe(true);
        }
      }),
    );
  });

  test('what is not told is not guessed: the amount lies between the least and the most that were said', () => {
    fc.assert(
      fc.property(fee, all, fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }), (one, facts, hidden) => {
        const kept = ['on', 'serviceCode', 'reliefsGranted'];
        const entries = Object.entries(facts).filter(([key], index) => kept.includes(key) || !hidden[index]);
        const [more, less] = [assess(one, facts), assess(one, Object.fromEntries(entries) as unknown as FeeFacts)];
        expect(less.amount!.leastGrosze).toBeLessThanOrEqual(more.amount!.leastGrosze);
        expect(less.amount!.mostGrosze).toBeGreaterThanOrEqual(more.amount!.mostGrosze);
        expect(less.outcome).toBe(isExact(less.amount!) ? 'KNOWN' : 'UNKNOWN');
      }),
      { numRuns: 500 },
    );
  });

  test('a relief never raises a fee, and one more never harms', () => {
    fc.assert(
      fc.property(fee, reliefs, some, (one, more, facts) => {
        const { amount: before } = assess(one, facts);
        const { amount: after } = assess({ ...one, reliefs: [...(one.reliefs ?? []), ...more] }, facts);
        expect(after!.leastGrosze).toBeLessThanOrEqual(before!.leastGrosze);
        expect(after!.mostGrosze).toBeLessThanOrEqual(before!.mostGrosze);
      }),
      { numRuns: 500 },
    );
  });

  test('by a table that rises, who has more pays no less', () => {
    fc.assert(
      fc.property(table(true), all, fc.integer({ min: 0, max: 500_000 }), (one, facts, raise) => {
        const income = facts.incomePerPersonGrosze! + raise;
        expect(assess(one, { ...facts, incomePerPersonGrosze: income }).amount!.mostGrosze).toBeGreaterThanOrEqual(
          assess(one, facts).amount!.mostGrosze,
        );
      }),
      { numRuns: 500 },
    );
  });

  test('a fee in order finds a row for every income', () => {
    fc.assert(
      fc.property(table(false), all, (one, facts) => {
        fc.pre(faultsOf({ ...one, reliefs: [] }, known, '2021-01-01').length === 0);
        expect(assess({ ...one, reliefs: [] }, facts).outcome).toBe('KNOWN');
      }),
    );
  });
});
