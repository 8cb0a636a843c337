import fc from 'fast-check';
import { ageOn, addMonths } from '../calendar';
import { criteriaOf, faultsOf, type Known } from './check';
import {
  type Condition,
  type Criteria,
  disabilityDegrees,
  mostConditions,
  periods,
  type PersonCondition,
} from './criteria';
import { evaluate } from './evaluate';
import type { Facts, PersonFacts } from './facts';
import type { Outcome } from './outcome';
import type { ConditionData, RequirementData } from './schema';

const on = '2026-11-22';
const matter = { on, serviceCode: 'zlota-raczka' };
const born = (age: number): { birthDate: string } => ({ birthDate: addMonths(on, -12 * age) });
const any = (...alternatives: Condition[][]): Criteria => [{ anyOf: alternatives.map((allOf) => ({ allOf })) }];
const outcome = (criteria: Criteria, facts: Partial<Facts>): Outcome =>
  evaluate(criteria, { ...matter, ...facts }).outcome;

const aged75: PersonCondition = { kind: 'AGE', from: 75 };
const significant: PersonCondition = { kind: 'DISABILITY', degrees: ['SIGNIFICANT'] };
const dependent: PersonCondition = { kind: 'STATEMENT', code: 'DEPENDENT' };

/** The rules that offices were seen to use. */
const rules = {
  // Elbląg, help with small repairs: significant disability, or dependent, or 75 and alone or with another of 75; once per 3 years.
  repairs: [
    ...any(
      [significant],
      [dependent],
      [
        aged75,
        { kind: 'HOUSEHOLD', of: 'OTHERS', to: 1 },
        { kind: 'HOUSEHOLD', of: 'OTHERS', every: true, who: [{ allOf: [aged75] }] },
      ],
    ),
    ...any([{ kind: 'COOLING_OFF', length: 3, period: 'YEAR' }]),
  ],
  rides: any([{ kind: 'QUOTA', unit: 'RIDE', amount: 6, period: 'MONTH' }]),
  package: any([{ kind: 'PACKAGE', serviceCodes: ['sprzet', 'opieka', 'edukacja', 'psycholog'] }]),
  // Elbląg, large-family card: three children to 18, or to 25 when they still learn.
  largeFamily: any([
    {
      kind: 'HOUSEHOLD',
      of: 'OTHERS',
      from: 3,
      who: [
        { allOf: [{ kind: 'AGE', to: 17 }] },
        {
          allOf: [
            { kind: 'AGE', to: 24 },
            { kind: 'STATEMENT', code: 'LEARNS' },
          ],
        },
      ],
    },
  ]),
  // Elbląg, respite: lives with a child to 16 with a certificate, or with a person of significant disability.
  respite: any([
    {
      kind: 'HOUSEHOLD',
      of: 'OTHERS',
      from: 1,
      who: [
        {
          allOf: [
            { kind: 'AGE', to: 16 },
            { kind: 'DISABILITY', degrees: disabilityDegrees },
          ],
        },
        { allOf: [significant] },
      ],
    },
  ]),
  residents: any([{ kind: 'RESIDENCE', gminas: ['0609013'] }]),
  certified: any([{ kind: 'EVIDENCE', code: 'MEDICAL_CERTIFICATE' }]),
} satisfies Record<string, Criteria>;

describe('rules that offices use', () => {
  const alone = {
    ...born(80),
    household: [],
    granted: [],
    disability: 'NONE' as const,
    statements: [{ code: 'DEPENDENT', holds: false }],
  };

  test.each<[string, Partial<Facts>, Outcome]>([
    ['75 and alone', { ...alone, ...born(75) }, 'MET'],
    ['75 tomorrow', { ...alone, birthDate: '1951-11-23' }, 'UNMET'],
    ['with another of 75', { ...alone, household: [born(90)] }, 'MET'],
    ['with a daughter', { ...alone, household: [born(50)] }, 'UNMET'],
    ['with two others of 75', { ...alone, household: [born(76), born(77)] }, 'UNMET'],
    ['young, but with a certificate', { ...alone, ...born(30), disability: 'SIGNIFICANT' }, 'MET'],
    ['of a lesser degree', { ...alone, ...born(30), disability: 'MODERATE' }, 'UNMET'],
    ['dependent by a statement', { ...alone, ...born(30), statements: [{ code: 'DEPENDENT', holds: true }] }, 'MET'],
    ['a household nobody knows of', { ...alone, household: undefined as never }, 'UNKNOWN'],
    ['somebody in it whose age is not known', { ...alone, household: [{}] }, 'UNKNOWN'],
    ['granted three years ago', { ...alone, granted: [{ serviceCode: 'zlota-raczka', on: '2023-11-22' }] }, 'MET'],
    ['a day less', { ...alone, granted: [{ serviceCode: 'zlota-raczka', on: '2023-11-23' }] }, 'UNMET'],
    ['another service', { ...alone, granted: [{ serviceCode: 'taxi', on: '2026-11-01' }] }, 'MET'],
  ])('small repairs: %s', (_, facts, expected) => expect(outcome(rules.repairs, facts)).toBe(expected));

  test.each<[number, string, number | undefined, Outcome]>([
    [5, '2026-11-01', undefined, 'MET'],
    [6, '2026-11-30', undefined, 'UNMET'],
    [6, '2026-10-31', undefined, 'MET'],
    [4, '2026-11-05', 3, 'UNMET'],
  ])('six rides a month: %i ridden on %s, asks for %s', (quantity, day, wanted, expected) => {
    const used = [
      { unit: 'RIDE', quantity, on: day },
      { unit: 'HOUR', quantity: 99, on: day },
    ];
    expect(outcome(rules.rides, { used, ...(wanted === undefined ? {} : { quantity: wanted }) })).toBe(expected);
  });

  test('weeks begin on Monday', () => {
    const weekly = any([{ kind: 'QUOTA', unit: 'HOUR', amount: 1, period: 'WEEK' }]);
    const used = (day: string): Partial<Facts> => ({ used: [{ unit: 'HOUR', quantity: 1, on: day }] });
    expect([outcome(weekly, used('2026-11-16')), outcome(weekly, used('2026-11-15'))]).toEqual(['UNMET', 'MET']);
  });

  test('a package is applied for as a whole', () => {
    const all = ['sprzet', 'opieka', 'edukacja', 'psycholog'];
    expect(outcome(rules.package, { appliedFor: [...all, 'taxi'] })).toBe('MET');
    expect(outcome(rules.package, { appliedFor: all.slice(1) })).toBe('UNMET');
    expect(outcome(rules.package, {})).toBe('UNKNOWN');
  });

  test('a large family counts children, and older ones who learn', () => {
    const family = (...household: PersonFacts[]): Outcome => outcome(rules.largeFamily, { household });
    const learns = { statements: [{ code: 'LEARNS', holds: true }] };
    expect(family(born(3), born(17), { ...born(24), ...learns })).toBe('MET');
    expect(family(born(3), born(18), { ...born(24), ...learns }, born(45))).toBe('UNKNOWN');
    expect(
      family(born(3), { ...born(18), statements: [{ code: 'LEARNS', holds: false }] }, { ...born(24), ...learns }),
    ).toBe('UNMET');
  });

  test('respite is for whoever lives with the person cared for', () => {
    const respite = (...household: PersonFacts[]): Outcome => outcome(rules.respite, { household });
    expect(respite({ ...born(16), disability: 'CHILD' })).toBe('MET');
    expect(respite({ ...born(17), disability: 'MODERATE' })).toBe('UNMET');
    expect(respite({ ...born(40), disability: 'SIGNIFICANT' })).toBe('MET');
    expect(respite()).toBe('UNMET');
  });

  test('town and countryside of one gmina are one', () => {
    expect(['0609014', '0609015', '0609023'].map((residence) => outcome(rules.residents, { residence }))).toEqual([
      'MET',
      'MET',
      'UNMET',
    ]);
  });

  test('a document that is not there is asked for, and is no ground to refuse', () => {
    expect(outcome(rules.certified, {})).toBe('UNKNOWN');
    expect(outcome(rules.certified, { evidence: ['MEDICAL_CERTIFICATE'] })).toBe('MET');
  });

  test('who is born on 29 February turns on the 28th, and a month too short ends on its last day', () => {
    expect([ageOn('1952-02-29', '2027-02-27'), ageOn('1952-02-29', '2027-02-28')]).toEqual([74, 75]);
    expect([addMonths('2026-01-31', 1), addMonths('2028-01-31', 1), addMonths('2026-03-31', -1)]).toEqual([
      '2026-02-28',
      '2028-02-29',
      '2026-02-28',
    ]);
  });
});

describe('in plain Polish', () => {
  const names: Record<string, string> = {
    DEPENDENT: 'osoba niesamodzielna',
    LEARNS: 'kontynuuje naukę',
    MEDICAL_CERTIFICATE: 'zaświadczenie lekarskie',
    '0609013': 'Bełżyce',
    '0609014': 'Bełżyce',
    sprzet: 'wypożyczenie sprzętu',
    opieka: 'opieka',
    edukacja: 'edukacja opiekunów',
    psycholog: 'psycholog',
  };
  const told = (criteria: Criteria, facts: Partial<Facts> = {}): string[] =>
    evaluate(criteria, { ...matter, ...facts }, (code) => names[code] ?? code).requirements.flatMap(({ anyOf }) =>
      anyOf.flatMap(({ allOf }) => allOf.map(({ says, finding, outcome: is }) => `${says} – ${finding} (${is})`)),
    );

  test('every condition says what it asks and what was found', () => {
    expect(
      told(rules.repairs, {
        ...born(74),
        household: [born(80), {}],
        granted: [{ serviceCode: 'zlota-raczka', on: '2025-01-31' }],
      }),
    ).toEqual([
      'znaczny stopień niepełnosprawności – nie podano, czy jest orzeczenie o niepełnosprawności (UNKNOWN)',
      'oświadczenie: osoba niesamodzielna – nie złożono oświadczenia (UNKNOWN)',
      'wiek: co najmniej 75 lat – ukończone 74 lata (UNMET)',
      'w gospodarstwie domowym oprócz wnioskodawcy najwyżej 1 osoba – osób: 2 (UNMET)',
      'każda inna osoba w gospodarstwie domowym: wiek: co najmniej 75 lat – osób: 2, spełnia warunek: 1, brak danych o: 1 (UNKNOWN)',
      'nie częściej niż raz na 3 lata – przyznano 2025-01-31, ponownie można od 2028-01-31 (UNMET)',
    ]);
    expect(told(rules.largeFamily)).toEqual([
      'w gospodarstwie domowym oprócz wnioskodawcy co najmniej 3 osoby (wiek: najwyżej 17 lat lub wiek: najwyżej 24 lata i oświadczenie: kontynuuje naukę) – nie podano, kto mieszka w gospodarstwie domowym (UNKNOWN)',
    ]);
    expect(told(rules.rides, { used: [{ unit: 'RIDE', quantity: 5, on }] })).toEqual([
      'najwyżej 6 przejazdów w miesiącu – wykorzystano 5 przejazdów, potrzeba 1 przejazd (MET)',
    ]);
    expect(told(rules.package, { appliedFor: ['sprzet', 'opieka'] })).toEqual([
      'tylko razem: wypożyczenie sprzętu, opieka, edukacja opiekunów i psycholog – wniosek nie obejmuje: edukacja opiekunów i psycholog (UNMET)',
    ]);
    expect(told(rules.residents, { residence: '0609014' })).toEqual([
      'zamieszkanie: gmina Bełżyce – mieszka w gminie Bełżyce (MET)',
    ]);
    expect(told(rules.certified)).toEqual([
      'dokument: zaświadczenie lekarskie – nie przedstawiono dokumentu (UNKNOWN)',
    ]);
  });

  test('a kind that a later edition brings is left to a person', () => {
    const [requirement] = evaluate([{ anyOf: [{ allOf: [{ kind: 'HOROSCOPE' } as never] }] }], matter).requirements;
    expect(requirement?.outcome).toBe('UNKNOWN');
    expect(requirement?.anyOf[0]?.allOf[0]?.finding).toContain('rozstrzyga pracownik');
  });
});

describe('conditions as they are written', () => {
  const known: Known = {
    statements: new Set(['DEPENDENT', 'LEARNS']),
    evidence: new Set(['MEDICAL_CERTIFICATE']),
    services: new Set(['zlota-raczka', 'sprzet', 'opieka', 'edukacja', 'psycholog']),
  };
  const faults = (...allOf: ConditionData[]): string[] => faultsOf([{ anyOf: [{ allOf }] }], known);

  test.each(Object.entries(rules))('the rule %s is in order', (_, rule) => {
    expect(faultsOf(rule as readonly RequirementData[], known)).toEqual([]);
    expect(criteriaOf(rule as readonly RequirementData[])).toBe(rule);
  });

  test.each<[string, ConditionData]>([
    ['HOROSCOPE is no kind of condition', { kind: 'HOROSCOPE' }],
    ['AGE: it names neither a lower nor an upper bound', { kind: 'AGE' }],
    ['AGE: its upper bound is below its lower one', { kind: 'AGE', from: 2, to: 1 }],
    ['AGE takes no code', { kind: 'AGE', from: 1, code: 'DEPENDENT' }],
    ['QUOTA needs period', { kind: 'QUOTA', unit: 'RIDE', amount: 6 }],
    ['OTHER is not among the statements of this programme', { kind: 'STATEMENT', code: 'OTHER' }],
    ['DEPENDENT is not among the evidence of this programme', { kind: 'EVIDENCE', code: 'DEPENDENT' }],
    ['taxi is no service of this programme', { kind: 'PACKAGE', serviceCodes: ['sprzet', 'taxi'] }],
    ['HOUSEHOLD: it asks of everybody, but not what', { kind: 'HOUSEHOLD', of: 'OTHERS', every: true }],
    ['HOUSEHOLD: it names no number and does not ask of everybody', { kind: 'HOUSEHOLD', of: 'OTHERS' }],
  ])('%s', (sentence, condition) => expect(faults(condition)).toEqual([`/0/anyOf/0/allOf/0: ${sentence}`]));

  test('of the others in a household only what belongs to a person is asked', () => {
    const who = [{ allOf: [{ kind: 'RESIDENCE', gminas: ['0609013'] }] }];
    expect(faults({ kind: 'HOUSEHOLD', of: 'OTHERS', from: 1, who })).toEqual([
      '/0/anyOf/0/allOf/0/who/0/allOf/0: RESIDENCE cannot be asked of the persons of a household',
    ]);
  });

  test('there is an end to them', () => {
    const many = Array.from({ length: mostConditions + 1 }, () => ({ kind: 'AGE', from: 1 }));
    expect(faults(...many)).toEqual([`/: 101 conditions are more than the 100 that a service may have`]);
  });
});

describe('whatever the conditions and the facts', () => {
  const day = fc.integer({ min: 0, max: 40_000 }).map((days) => addMonths('1930-01-15', Math.floor(days / 30)));
  const age = fc.integer({ min: 0, max: 100 });
  const person: fc.Arbitrary<PersonCondition> = fc.oneof(
    age.map((from): PersonCondition => ({ kind: 'AGE', from })),
    fc.constant(significant),
    fc.constant(dependent),
  );
  const alternative = fc.array(person, { minLength: 1, maxLength: 2 }).map((allOf) => ({ allOf }));
  const condition: fc.Arbitrary<Condition> = fc.oneof(
    person,
    fc.constant<Condition>({ kind: 'RESIDENCE', gminas: ['2861011'] }),
    fc.record({
      kind: fc.constant('HOUSEHOLD' as const),
      of: fc.constantFrom('OTHERS' as const, 'EVERYBODY' as const),
      from: fc.integer({ min: 0, max: 3 }),
      who: fc.array(alternative, { minLength: 1, maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant('COOLING_OFF' as const),
      length: fc.integer({ min: 1, max: 5 }),
      period: fc.constantFrom(...periods),
    }),
  );
  const criteria: fc.Arbitrary<Criteria> = fc.array(
    fc
      .array(
        fc.array(condition, { minLength: 1, maxLength: 3 }).map((allOf) => ({ allOf })),
        { minLength: 1, maxLength: 3 },
      )
      .map((anyOf) => ({ anyOf })),
    { maxLength: 3 },
  );
  const personal = {
    birthDate: day,
    disability: fc.constantFrom(...disabilityDegrees, 'NONE' as const),
    statements: fc.tuple(fc.record({ code: fc.constant('DEPENDENT'), holds: fc.boolean() })),
  };
  const everything: fc.Arbitrary<Facts> = fc.record({
    ...personal,
    on: fc.constant(on),
    serviceCode: fc.constant(matter.serviceCode),
    residence: fc.constantFrom('2861011', '2607011'),
    household: fc.array(fc.record(personal), { maxLength: 4 }),
    granted: fc.array(fc.record({ serviceCode: fc.constant(matter.serviceCode), on: day }), { maxLength: 2 }),
  });
  const kept = ['on', 'serviceCode'];
  const without = (facts: object, hidden: readonly boolean[]): object =>
    Object.fromEntries(Object.entries(facts).filter(([key], index) => kept.includes(key) || !hidden[index]));

  test('who tells everything gets a yes or a no', () => {
    fc.assert(fc.property(criteria, everything, (rule, facts) => evaluate(rule, facts).outcome !== 'UNKNOWN'));
  });

  test('who tells less gets the same answer or none: nobody is refused, or taken, for what is not known', () => {
    const hiding = fc.array(fc.boolean(), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(criteria, everything, hiding, hiding, (rule, facts, hidden, ofOthers) => {
        const household = facts.household?.map((other) => without(other, ofOthers));
        const less = without({ ...facts, household }, hidden) as Facts;
        expect(['UNKNOWN', evaluate(rule, facts).outcome]).toContain(evaluate(rule, less).outcome);
      }),
      { numRuns: 500 },
    );
  });

  test('one more requirement never helps, and one more alternative never harms', () => {
    const rank = { UNMET: 0, UNKNOWN: 1, MET: 2 };
    fc.assert(
      fc.property(criteria, criteria, everything, (rule, more, facts) => {
        const before = rank[evaluate(rule, facts).outcome];
        expect(rank[evaluate([...rule, ...more], facts).outcome]).toBeLessThanOrEqual(before);
        const wider = rule.map(({ anyOf }) => ({ anyOf: [...anyOf, ...more.flatMap((one) => one.anyOf)] }));
        expect(rank[evaluate(wider, facts).outcome]).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});
