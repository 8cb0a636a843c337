import { dataCategories, dataCategoryCodes, isCategoryOn, isCovered } from './data-scope';

describe('categories of personal data', () => {
  test('each have one code, and include only those that there are', () => {
    expect(new Set(dataCategoryCodes).size).toBe(dataCategoryCodes.length);
    for (const { includes = [] } of dataCategories)
      expect(dataCategoryCodes).toEqual(expect.arrayContaining([...includes]));
  });

  test('are covered by themselves and by what includes them, and by nothing else', () => {
    expect(isCovered('DISABILITY', ['DISABILITY'])).toBe(true);
    expect(isCovered('DISABILITY', ['IDENTITY', 'HEALTH'])).toBe(true);
    expect(isCovered('HEALTH', ['DISABILITY'])).toBe(false);
    expect(isCovered('INCOME', [])).toBe(false);
    expect(isCovered('OF_LATER', ['OF_LATER'])).toBe(true);
  });

  test('have their time', () => {
    expect([isCategoryOn('HEALTH', '2019-12-31'), isCategoryOn('HEALTH', '2020-01-01')]).toEqual([false, true]);
    expect(isCategoryOn('HOROSCOPE', '2026-01-01')).toBe(false);
  });
});
