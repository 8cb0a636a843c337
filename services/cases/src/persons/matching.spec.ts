import fc from 'fast-check';
import { keysOf, type MatchReason, type Named, probesOf } from './matching';

/** Why the second is proposed when the first is entered. */
function reasons(entered: Named, known: Named): MatchReason[] {
  const keys = new Set(keysOf(known).map(({ kind, value }) => `${kind} ${value}`));
  const found = probesOf(entered).filter(({ kind, value }) => keys.has(`${kind} ${value}`));
  return [...new Set(found.map(({ because }) => because))];
}

const known: Named = { givenName: 'Олександр', familyName: 'Шевченко', birthDate: '1991-04-03' };

describe('somebody who is entered', () => {
  it.each<[string, Named, MatchReason[]]>([
    [
      'in Polish',
      { givenName: 'Oleksandr', familyName: 'Szewczenko', birthDate: '1991-04-03' },
      ['NAMES_AND_BIRTH_DATE'],
    ],
    [
      'from a passport',
      { givenName: 'ALEKSANDR', familyName: 'SHEVCHENKO', birthDate: '1991-04-03' },
      ['NAMES_AND_BIRTH_DATE'],
    ],
    [
      'with the names exchanged',
      { givenName: 'Szewczenko', familyName: 'Oleksandr', birthDate: '1991-04-03' },
      ['NAMES_SWAPPED'],
    ],
    [
      'with day and month exchanged',
      { givenName: 'Oleksandr', familyName: 'Szewczenko', birthDate: '1991-03-04' },
      ['DAY_AND_MONTH_SWAPPED'],
    ],
    [
      'with a second family name',
      { givenName: 'Oleksandr', familyName: 'Szewczenko-Łoś', birthDate: '1991-04-03' },
      ['NAMES_AND_BIRTH_DATE'],
    ],
    ['by the family name alone', { familyName: 'Shevchenko', birthDate: '1991-04-03' }, ['NAMES_AND_BIRTH_DATE']],
    ['of another day', { givenName: 'Oleksandr', familyName: 'Szewczenko', birthDate: '1991-04-05' }, []],
    ['with another given name', { givenName: 'Iwan', familyName: 'Szewczenko', birthDate: '1991-04-03' }, []],
    ['without a birth date', { givenName: 'Олександр', familyName: 'Шевченко' }, []],
  ])('%s is told of the one who is known', (_, entered, because) => expect(reasons(entered, known)).toEqual(because));

  it('is known by no name alone', () => expect(keysOf({ givenName: 'Anna', familyName: 'Łoś' })).toEqual([]));
});

const name = fc.constantFrom('Anna', 'Anna Maria', 'Łoś', 'Łoś-Kowal', 'Kowal', 'Anna', 'Шевченко', 'Szewczenko');
const birthDate = fc.constantFrom('1991-04-03', '1991-03-04', '1991-04-25');
const named: fc.Arbitrary<Named> = fc.record({ givenName: name, familyName: name, birthDate });

describe('two records', () => {
  it('propose each other for the same reasons, whichever was first', () => {
    fc.assert(
      fc.property(named, named, (one, other) =>
        expect(reasons(one, other).toSorted()).toEqual(reasons(other, one).toSorted()),
      ),
    );
  });

  it('that are equal propose each other', () => {
    fc.assert(fc.property(named, (one) => expect(reasons(one, one)).toContain('NAMES_AND_BIRTH_DATE')));
  });
});
