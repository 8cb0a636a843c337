import { gminas, isTerc, sameGmina } from './terc';

describe('sameGmina', () => {
  it('knows the town and the countryside of an urban-rural gmina as one', () => {
    expect(sameGmina('0609013', '0609014')).toBe(true);
    expect(sameGmina('0609015', '0609014')).toBe(true);
  });

  it('tells the city of Elbląg from the rural gmina of the same name', () =>
    expect(sameGmina('2861011', '2804012')).toBe(false));

  it('finds nothing in common in what is no code', () => {
    expect(sameGmina('', '')).toBe(false);
    expect(sameGmina('0609017', '0609017')).toBe(false);
  });
});

it('every known gmina has a code of its own', () => {
  expect([...gminas.keys()].filter((code) => !isTerc(code))).toEqual([]);
  expect(new Set([...gminas.keys()].map((code) => code.slice(0, 6))).size).toBe(gminas.size);
  expect(gminas.get('2861011')).toBe('Elbląg');
});
