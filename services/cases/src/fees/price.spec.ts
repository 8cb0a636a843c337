import type { FeeFacts } from '@okienko/contracts/fees/facts';
import type { FeeData } from '@okienko/contracts/fees/schema';
import { FeeIsByRule, FeeUnknown, ReliefNotInProgramme } from './fee-errors';
import { feeOf, priceOf } from './price';

const facts: FeeFacts = { on: '2026-03-02', serviceCode: 'opieka' };
const table: FeeData = {
  rule: 'TABLE_BY_INCOME',
  tables: [
    {
      validFrom: '2026-01-01',
      costGrosze: 2999,
      unit: 'HOUR',
      basis: 'CRITERION_PERCENT',
      rows: [
        { upTo: 150, singlePercent: 0, familyPercent: 5 },
        { singlePercent: 33.33, familyPercent: 60 },
      ],
    },
  ],
  reliefs: [
    { code: 'OVER_75', percent: 50, criteria: [{ anyOf: [{ allOf: [{ kind: 'AGE', from: 75 }] }] }] },
    { code: 'HARDSHIP', percent: 100, reasons: ['FIRE'] },
  ],
};
const known = { ...facts, household: [], incomePerPersonGrosze: 500_000, birthDate: '1990-01-01' };
const missing = (fee: FeeData, given: FeeFacts): string[] => {
  try {
    priceOf(fee, given);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(FeeUnknown);
    return (error as FeeUnknown).errors.map(({ pointer }) => pointer);
  }
};

describe('the price of a service', () => {
  it('follows from the programme and what is known, down to the grosz', () => {
    // 2999 × 33.33 % = 999.56…
    expect(priceOf(table, known)).toMatchObject({ grosze: 999, per: 'HOUR' });
    expect(priceOf(table, { ...known, birthDate: '1940-01-01' })).toMatchObject({ grosze: 499 });
    expect(priceOf(table, { ...known, reliefsGranted: [{ code: 'HARDSHIP', reason: 'FIRE' }] })).toMatchObject({
      grosze: 0,
    });
  });

  it('is nothing where the programme says nothing', () => {
    expect(priceOf(feeOf({}), facts)).toMatchObject({ grosze: 0, per: 'ONCE' });
    expect(priceOf(feeOf(undefined), facts)).toMatchObject({ grosze: 0, per: 'ONCE' });
  });

  it('is not guessed: what is missing is named, and nothing that makes no difference', () => {
    expect(missing(table, facts)).toEqual(['/household', '/incomePerPersonGrosze', '/reliefs/OVER_75']);
    expect(missing(table, { ...known, birthDate: undefined } as unknown as FeeFacts)).toEqual(['/reliefs/OVER_75']);
    expect(missing({ ...table, reliefs: [] }, { ...facts, household: [] })).toEqual(['/incomePerPersonGrosze']);
    expect(missing({ rule: 'FLAT' }, facts)).toEqual(['/stated']);
  });

  it('is stated by a person only where the programme has it in words', () => {
    const stated = { grosze: 1500, per: 'MONTH', basis: '§ 7 programu' };
    const { grosze, per, steps } = priceOf({ rule: 'FLAT' }, facts, stated);
    expect([grosze, per, steps.at(-1)]).toEqual([1500, 'MONTH', 'Wysokość podał pracownik. Podstawa: § 7 programu.']);
    expect(() => priceOf(table, known, stated)).toThrow(FeeIsByRule);
  });

  it('takes no relief that the programme does not leave to the centre for that reason', () => {
    for (const granted of [
      { code: 'HARDSHIP', reason: 'PITY' },
      { code: 'OVER_75', reason: 'FIRE' },
      { code: 'OTHER', reason: 'FIRE' },
    ])
      expect(() => priceOf(table, { ...known, reliefsGranted: [granted] })).toThrow(ReliefNotInProgramme);
  });
});
