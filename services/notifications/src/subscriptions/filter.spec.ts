import * as fc from 'fast-check';
import { filterable, FilterRefused, readFilters } from './filter';

const exact = { exact: { gmina: '2861011' } };

describe('filters of a subscription', () => {
  it.each([
    [[]],
    [[exact]],
    [[{ prefix: { type: 'pl.okienko.cases.' } }, { suffix: { type: '.v1' } }]],
    [[{ any: [exact, { not: { all: [exact, { prefix: { 'data.reasonCode': 'NO_' } }] } }] }]],
  ])('are taken as they are: %j', (filters: object[]) => {
    expect(readFilters(filters)).toEqual(filters);
  });

  it.each([
    ['nothing at all', [null], 'filters[0]'],
    ['two dialects at once', [{ ...exact, not: exact }], 'exactly one'],
    ['a dialect that is not spoken', [{ sql: "type = 'x'" }], 'filters[0].sql'],
    ['an empty list', [{ any: [] }], 'filters[0].any'],
    ['no attribute', [{ exact: {} }], 'filters[0].exact'],
    ['an unknown attribute', [{ all: [exact, { exact: { colour: 'red' } }] }], 'filters[0].all[1].exact: "colour"'],
    ['whose person it is', [{ exact: { 'data.personId': 'x' } }], 'data.personId'],
    ['a number', [{ exact: { gmina: 2861011 } }], 'filters[0].exact.gmina'],
    ['an empty text', [{ prefix: { type: '' } }], 'filters[0].prefix.type'],
    ['a long text', [{ suffix: { type: 'x'.repeat(201) } }], '1 to 200'],
    ['nesting without end', [{ not: { not: { not: { not: { not: exact } } } } }], '5 deep'],
    ['too many', [{ any: Array.from({ length: 50 }, () => exact) }], 'at most 50'],
  ])('are refused for %s, and where is said', (_, filters, where) => {
    expect(() => readFilters(filters as unknown[])).toThrow(FilterRefused);
    expect(() => readFilters(filters as unknown[])).toThrow(where);
  });

  it('never ask for people, nor for what belongs to them', () => {
    const people = [...filterable].filter((name) => /person|allocation|applicationId|planId|subject/i.test(name));
    expect(people).toEqual([]);
    expect(filterable).toContain('data.offerId');
  });

  it('whatever is sent is taken or refused, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), (given) => {
        try {
          readFilters(given);
        } catch (error) {
          expect(error).toBeInstanceOf(FilterRefused);
        }
      }),
    );
  });
});
