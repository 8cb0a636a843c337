import { assertInScope, OutsideDataScope } from './data-scopes';

describe('the data scope of an application', () => {
  it('holds what a programme lists, and what that includes', () => {
    expect(() => assertInScope(['HEALTH', 'DISABILITY'], ['IDENTITY', 'HEALTH'])).not.toThrow();
    expect(() => assertInScope([], [])).not.toThrow();
  });

  it('names whatever it does not hold', () => {
    expect(() => assertInScope(['HEALTH', 'INCOME', 'AGE'], ['PESEL'])).toThrow(OutsideDataScope);
    expect(() => assertInScope(['HEALTH', 'INCOME', 'AGE'], ['PESEL'])).toThrow(/collect HEALTH, INCOME\./);
  });
});
