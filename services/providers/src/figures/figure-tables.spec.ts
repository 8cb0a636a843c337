import { figuresAsCsv } from './figure-tables';
import { figuresOf, noCounts } from './provider-figures';

it('has a row for each figure, with its numbers or why there are none', () => {
  const counts = { ...noCounts, decided: 8, accepted: 7, lapsed: 1, answered: 3, hoursToAnswer: 2 };
  const { total } = figuresOf(counts, [{ offerId: 'o', of: counts }], 5);
  const quarter = { quarter: '2026-01-01', edition: '2020-01-01' };
  const satisfaction = [
    { ...quarter, answers: 6, questions: [{ code: 'RESPECT', mean: 4.5 }] },
    { ...quarter, quarter: '2026-04-01', answers: null, why: 'TOO_FEW', questions: [] } as const,
  ];
  const row = { ...total, providerId: 'p', name: 'Fundacja "Blisko", Elbląg', offerId: null, satisfaction };
  const lines = figuresAsCsv([row], { from: '2026-01-01', to: '2026-06-30' }).trimEnd().split('\r\n');
  const whose = 'p,"Fundacja ""Blisko"", Elbląg",';
  expect(lines[0]).toBe('providerId,provider,offerId,figure,from,to,value,numerator,denominator,why');
  expect(lines).toHaveLength(1 + 10 + 2);
  expect(lines).toEqual(
    expect.arrayContaining([
      `${whose},accepted,2026-01-01,2026-06-30,87.5,7,8,`,
      `${whose},hoursToAnswer,2026-01-01,2026-06-30,,,,TOO_FEW`,
      `${whose},missed,2026-01-01,2026-06-30,,0,0,`,
      `${whose},satisfaction 2020-01-01 RESPECT,2026-01-01,2026-03-31,4.5,,6,`,
      `${whose},satisfaction 2020-01-01,2026-04-01,2026-06-30,,,,TOO_FEW`,
    ]),
  );
});
