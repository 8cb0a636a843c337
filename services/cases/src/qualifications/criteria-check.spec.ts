import type { Criteria } from '@okienko/contracts/criteria/criteria';
import { evaluate } from '@okienko/contracts/criteria/evaluate';
import type { Facts } from '@okienko/contracts/criteria/facts';
import type { DomainError } from '@okienko/contracts/domain-error';
import { assertMet, assertNotUnmet, CriteriaUnmet, FactsMissing } from './criteria-check';

const criteria: Criteria = [
  { anyOf: [{ allOf: [{ kind: 'AGE', from: 75 }] }, { allOf: [{ kind: 'STATEMENT', code: 'ILL' }] }] },
  { anyOf: [{ allOf: [{ kind: 'HOUSEHOLD', of: 'OTHERS', to: 0 }] }] },
];
const facts: Facts = { on: '2026-03-02', serviceCode: 'teleopieka', birthDate: '1940-01-01', household: [] };
const check = (more: Partial<Facts>) => () => assertMet(evaluate(criteria, { ...facts, ...more }));

function faultOf(act: () => void): DomainError {
  try {
    act();
  } catch (error) {
    return error as DomainError;
  }
  throw new Error('It was let through.');
}

describe('conditions of qualification', () => {
  it('let through whoever meets them all', () => expect(check({})).not.toThrow());

  it('that are not met are named in the words of the programme, without a fact about the person', () => {
    const fault = faultOf(check({ birthDate: '1980-05-05', statements: [{ code: 'ILL', holds: false }] }));
    expect(fault).toBeInstanceOf(CriteriaUnmet);
    expect(fault.errors).toEqual([
      { pointer: '/criteria/0', detail: 'wiek: co najmniej 75 lat lub oświadczenie: ILL' },
    ]);
    expect(JSON.stringify([fault.message, fault.errors])).not.toMatch(/1980|46/);
  });

  it('that are open ask for what is missing, and only for that', () => {
    const { household: _, ...less } = facts;
    const open = evaluate(criteria, { ...less, birthDate: '1980-05-05' });
    const fault = faultOf(() => assertMet(open));
    expect(fault).toBeInstanceOf(FactsMissing);
    expect(fault.errors).toEqual([
      { pointer: '/criteria/0', detail: 'oświadczenie: ILL' },
      { pointer: '/criteria/1', detail: 'w gospodarstwie domowym oprócz wnioskodawcy najwyżej 0 osób' },
    ]);
    expect(() => assertNotUnmet(open)).not.toThrow();
  });
});
