import { dataCategoryCodes, isCovered } from '@okienko/contracts/data-scope';
import fc from 'fast-check';
import { disclosed, type DisclosedPerson, type PersonDetails } from './disclosure';

/** Tells of each detail that it was opened. */
function watched(): { opened: string[]; details: PersonDetails } {
  const opened: string[] = [];
  const tell =
    <T>(category: string, told: T) =>
    (): T => {
      opened.push(category);
      return told;
    };
  const details: PersonDetails = {
    IDENTITY: tell('IDENTITY', { givenName: 'Żaneta', familyName: 'Łoś' }),
    CONTACT: tell('CONTACT', { phone: '+48600100200', language: 'pl' }),
    AGE: tell('AGE', { birthDate: '1844-05-14' }),
    PESEL: tell('PESEL', { identifier: { kind: 'PESEL', value: '44051401458' } as const }),
    ADDRESS: tell('ADDRESS', { terc: '2861011' }),
  };
  return { opened, details };
}

const tellsOf: Readonly<Record<keyof DisclosedPerson, string>> = {
  givenName: 'IDENTITY',
  familyName: 'IDENTITY',
  phone: 'CONTACT',
  language: 'CONTACT',
  birthDate: 'AGE',
  identifier: 'PESEL',
  terc: 'ADDRESS',
};

describe('a referral packet', () => {
  it('tells name and phone where the programme says so', () => {
    expect(disclosed(['IDENTITY', 'CONTACT'], watched().details)).toEqual({
      categories: ['IDENTITY', 'CONTACT'],
      person: { givenName: 'Żaneta', familyName: 'Łoś', phone: '+48600100200', language: 'pl' },
    });
  });

  it('knows no more of health than a programme may list: it has nothing to tell of it', () => {
    expect(disclosed(['HEALTH', 'CONVICTIONS'], watched().details)).toEqual({ categories: [], person: {} });
  });

  it('never tells nor opens anything outside the scope', () => {
    fc.assert(
      fc.property(fc.subarray([...dataCategoryCodes]), (scope) => {
        const { opened, details } = watched();
        const { categories, person } = disclosed(scope, details);
        for (const field of Object.keys(person)) {
          const category = tellsOf[field as keyof DisclosedPerson];
          expect(isCovered(category, scope)).toBe(true);
          expect(categories).toContain(category);
        }
        expect(opened.sort()).toEqual([...categories].sort());
        for (const category of categories) expect(isCovered(category, scope)).toBe(true);
      }),
    );
  });
});
