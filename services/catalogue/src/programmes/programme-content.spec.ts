import fc from 'fast-check';
import { assertComplete, assertConsistent, type ProgrammeContent } from './programme-content';
import { ElementMissing, SharesNotWhole } from './programme-errors';
import { exampleProgramme } from './programme-example';

const blank = { pl: ' ' };
const [service] = exampleProgramme().services;

describe('the twelve elements of art. 5(3)', () => {
  it('are complete in the example', () => expect(() => assertComplete(exampleProgramme())).not.toThrow());

  it.each<[number, Partial<ProgrammeContent>]>([
    [1, { aim: blank }],
    [2, { validTo: '' }],
    [3, { needs: blank }],
    [4, { expectedPersons: 0 }],
    [5, { services: [] }],
    [6, { services: [{ ...service!, conditions: blank }] }],
    [7, { fee: {} as ProgrammeContent['fee'] }],
    [8, { evidence: [] }],
    [9, { dataScope: [] }],
    [10, { stages: [] }],
    [11, { indicators: [] }],
    [12, { budgetLines: [] }],
  ])('point %i is named as the basis when it is missing', (point, change) => {
    expect(() => assertComplete(exampleProgramme(change))).toThrow(
      expect.objectContaining({ code: 'programme-incomplete', basis: `art. 5 ust. 3 pkt ${point}` }),
    );
  });

  it('are named all at once when several are missing', () => {
    const { stages: _, indicators: __, ...content } = exampleProgramme();
    expect(() => assertComplete(content)).toThrow(expect.objectContaining({ basis: 'art. 5 ust. 3 pkt 10, 11' }));
    expect(() => assertComplete(content)).toThrow(ElementMissing);
  });
});

describe('even a draft', () => {
  const lineOf = (percents: number[]): Partial<ProgrammeContent> => ({
    budgetLines: [
      { year: 2026, plannedGrosze: 1, fundingShares: percents.map((percent) => ({ source: 'X', percent })) },
    ],
  });

  it.each<[string, Partial<ProgrammeContent>]>([
    ['period-reversed', { validFrom: '2026-01-02', validTo: '2026-01-01' }],
    ['service-repeated', { services: [service!, service!] }],
    ['budget-for-unknown-service', { budgetLines: [{ ...exampleProgramme().budgetLines![0]!, serviceCode: 'taxi' }] }],
    ['funding-shares-not-whole', lineOf([60, 39.99])],
  ])('is refused: %s', (code, change) => {
    expect(() => assertConsistent(exampleProgramme(change))).toThrow(
      expect.objectContaining({ code, kind: 'rule-broken' }),
    );
  });

  it('accepts shares of any two decimals that make exactly 100, and none that make a hundredth more or less', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 9_999 }), { maxLength: 6 });
    fc.assert(
      fc.property(cuts, fc.constantFrom(0, 1, -1), (inner, off) => {
        const edges = [0, ...inner.sort((a, b) => a - b), 10_000];
        const parts = edges.slice(1).map((edge, index) => edge - edges[index]!);
        parts[0]! += off;
        const check = () => assertConsistent(exampleProgramme(lineOf(parts.map((part) => part / 100))));
        if (off === 0) check();
        else expect(check).toThrow(SharesNotWhole);
      }),
    );
  });
});
