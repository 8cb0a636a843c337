import fc from 'fast-check';
import { assertTellableOutside, type CaseLoad, FiguresTooFine } from './case-load';
import { column, figuresOf } from './case-load-figures';

const smallest = 5;
const count = fc.oneof(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 60 }));
const days = fc.integer({ min: 0, max: 90 });
const load: fc.Arbitrary<CaseLoad> = fc.record({
  coordinators: fc.array(
    fc.record({
      coordinator: fc.constantFrom('kipus-ewa', 'kipus-jan', null),
      openApplications: count,
      plansInForce: count,
      openDeadlines: count,
    }),
    { maxLength: 6 },
  ),
  ages: fc.array(count, { minLength: 4, maxLength: 4 }),
  drafting: fc.record({ inTime: count, late: count }),
  waiting: fc.array(
    fc.record({ programmeId: fc.uuid(), serviceCode: fc.constant('teleopieka'), waiting: count, medianDays: days }),
    { maxLength: 5 },
  ),
  referrals: fc.array(fc.record({ providerId: fc.uuid(), accepted: count, declined: count }), { maxLength: 5 }),
  durations: fc.tuple(
    ...(['QUALIFICATION', 'DRAFT', 'FIRST_DELIVERY'] as const).map((until) =>
      fc.record({ until: fc.constant(until), matters: count, medianDays: fc.option(days) }),
    ),
  ),
});

const table = (...waiting: number[]): CaseLoad => ({
  coordinators: [],
  ages: [6, 7, 8, 2],
  drafting: { inTime: 18, late: 2 },
  waiting: waiting.map((n) => ({ programmeId: 'p', serviceCode: `s${n}`, waiting: n, medianDays: 3 * n })),
  referrals: [{ providerId: 'p', accepted: 12, declined: 1 }],
  durations: [{ until: 'DRAFT', matters: 4, medianDays: 21 }],
});
const withheld = { value: null, why: 'TOO_FEW_PERSONS' };

describe('the figures of a unit', () => {
  it('are all told inside it', () => {
    fc.assert(
      fc.property(load, (counts) => expect(JSON.stringify(figuresOf(counts))).not.toContain('TOO_FEW_PERSONS')),
    );
    expect(figuresOf(table(4, 9))).toMatchObject({
      ages: [
        { from: 0, to: 14, applications: { value: 6 } },
        { from: 15, to: 30, applications: { value: 7 } },
        { from: 31, to: 60, applications: { value: 8 } },
        { from: 61, to: null, applications: { value: 2 } },
      ],
      drafting: { drafted: { value: 20 }, inTime: { value: 18 }, late: { value: 2 }, percentInTime: { value: 90 } },
      waiting: { waiting: { value: 13 }, services: [{ medianDays: { value: 12 } }, { waiting: { value: 9 } }] },
      referrals: { answered: { value: 13 }, providers: [{ accepted: { value: 12 }, declined: { value: 1 } }] },
      durations: [{ matters: { value: 4 }, medianDays: { value: 21 } }],
    });
  });

  it('say nothing of a share where nothing was drafted', () =>
    expect(figuresOf({ ...table(), drafting: { inTime: 0, late: 0 } }).drafting).toMatchObject({
      inTime: { value: 0 },
      percentInTime: { value: null },
    }));

  it('are withheld outside it where they are small, with what would give those away and all that is worked out of them', () => {
    expect(figuresOf(table(4, 9, 30), smallest)).toMatchObject({
      ages: [
        { applications: withheld },
        { applications: { value: 7 } },
        { applications: { value: 8 } },
        { applications: withheld },
      ],
      drafting: { drafted: { value: 20 }, inTime: withheld, late: withheld, percentInTime: withheld },
      waiting: {
        waiting: { value: 43 },
        services: [
          { waiting: withheld, medianDays: withheld },
          { waiting: withheld, medianDays: withheld },
          { waiting: { value: 30 }, medianDays: { value: 90 } },
        ],
      },
      referrals: { answered: { value: 13 }, providers: [{ accepted: withheld, declined: withheld }] },
      durations: [{ matters: withheld, medianDays: withheld }],
    });
    expect(figuresOf(table(1, 2), smallest).waiting.waiting).toEqual(withheld);
  });

  it('show outside no figure that is small, nor a total of few', () => {
    fc.assert(
      fc.property(load, (counts) => {
        const { totals, coordinators, ages, drafting, waiting, referrals, durations } = figuresOf(counts, smallest);
        const figures = [
          ...Object.values(totals),
          ...coordinators.flatMap((row) => [row.openApplications, row.plansInForce, row.openDeadlines]),
          ...ages.map(({ applications }) => applications),
          ...[drafting.drafted, drafting.inTime, drafting.late],
          ...[waiting.waiting, ...waiting.services.map((service) => service.waiting)],
          ...[referrals.answered, ...referrals.providers.flatMap(({ accepted, declined }) => [accepted, declined])],
          ...durations.map(({ matters }) => matters),
        ];
        for (const { value } of figures) if (value !== null) expect(value).toBeGreaterThanOrEqual(smallest);
      }),
    );
  });

  it('cannot be derived from totals: each small one could as well be another that is withheld', () => {
    fc.assert(
      fc.property(fc.array(count, { minLength: 1, maxLength: 8 }), (counts) => {
        const { total, cells } = column(counts, smallest);
        const hidden = counts.flatMap((value, index) => (cells[index]?.why ? [{ value, index }] : []));
        for (const small of hidden.filter(({ value }) => value < smallest)) {
          if (total.why) continue;
          const large = hidden.find(({ value }) => value >= smallest);
          if (!large) {
            // All are small: then any of them could hold the whole.
            const other = counts.map((_, index) => (index === small.index ? (total.value ?? 0) : 0));
            expect(column(other, smallest).cells[small.index]).toEqual(withheld);
            continue;
          }
          const twin = counts.with(small.index, large.value).with(large.index, small.value);
          expect(column(twin, smallest)).toEqual({ total, cells });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are told outside of a half-year that is over, and of all gminas, so that no two answers can be compared', () => {
    expect(() => assertTellableOutside('2026-H1', undefined, '2026-07-01')).not.toThrow();
    for (const [period, gmina] of [
      ['2026-H2', undefined],
      ['2026-Q1', undefined],
      ['2026-03', undefined],
      ['2025', undefined],
      ['2026-H1', '2861011'],
    ] as const)
      expect(() => assertTellableOutside(period, gmina, '2026-07-01')).toThrow(FiguresTooFine);
  });
});
