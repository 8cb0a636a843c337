import { conflictsBetween } from './programme-conflicts';
import { exampleProgramme } from './programme-example';

const [teleopieka] = exampleProgramme().services;
const taxi = { ...teleopieka!, serviceCode: 'taxi' };

describe('two programmes of a gmina', () => {
  it('have nothing to do with each other while they offer different services', () => {
    expect(conflictsBetween(exampleProgramme(), exampleProgramme({ services: [taxi] }))).toEqual([]);
  });

  it('offer the same, on the same terms', () => {
    expect(conflictsBetween(exampleProgramme(), exampleProgramme({ services: [taxi, teleopieka!] }))).toEqual([
      { serviceCode: 'teleopieka', differsIn: [] },
    ]);
  });

  it('compare what each service costs, whoever says so, and not the words', () => {
    const flat = { rule: 'FLAT', grosze: 100, per: 'ONCE' } as const;
    const own = exampleProgramme({ services: [{ ...teleopieka!, fee: { ...flat, note: { pl: 'złotówka' } } }] });
    const whole = exampleProgramme({ fee: flat });
    expect(conflictsBetween(own, whole)).toEqual([{ serviceCode: 'teleopieka', differsIn: [] }]);
    expect(conflictsBetween(own, exampleProgramme())).toEqual([{ serviceCode: 'teleopieka', differsIn: ['fee'] }]);
  });

  it('offer the same on other terms', () => {
    const other = exampleProgramme({
      fee: { rule: 'FLAT' },
      services: [
        {
          ...teleopieka!,
          queueRule: 'NONE',
          criteria: [{ anyOf: [{ allOf: [{ kind: 'AGE', from: 60 }] }] }],
          grantedFor: { length: 1, period: 'YEAR' },
        },
      ],
    });
    expect(conflictsBetween(exampleProgramme(), other)).toEqual([
      { serviceCode: 'teleopieka', differsIn: ['fee', 'criteria', 'grantedFor', 'queueRule'] },
    ]);
  });
});
