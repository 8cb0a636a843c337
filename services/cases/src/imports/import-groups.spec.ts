import fc from 'fast-check';
import { claimsOf, groupsOf } from './import-groups';
import type { ImportRecord } from './import-records';

const record = (head: Record<string, string>, parts: Record<string, string>[] = []): ImportRecord => ({
  row: 2,
  externalId: 'K-1',
  head,
  parts,
  fault: null,
});
const same = (externalId: string): string => externalId;
const share = (one: readonly string[], other: readonly string[]): boolean => one.some((claim) => other.includes(claim));

describe('rows that may change what becomes of each other', () => {
  it('are together whenever they share something, and only those that a chain of others joins', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 3 }), { maxLength: 12 }),
        (claims) => {
          const groups = groupsOf(claims);
          const reached = claims.map((_, index) => new Set([index]));
          for (const _ of claims)
            for (const from of reached)
              for (const at of [...from]) claims.forEach((its, to) => share(claims[at] ?? [], its) && from.add(to));
          claims.forEach((_, one) =>
            claims.forEach((__, other) => expect(groups[one] === groups[other]).toBe(reached[one]?.has(other))),
          );
        },
      ),
    );
  });

  const claims = (head: Record<string, string>): string[] =>
    claimsOf('PERSONS', record({ terc: '2861011', ...head }), same);

  it.each([
    [
      'the PESEL',
      { pesel: '44851499990', givenName: 'Ewa', familyName: 'Sowa' },
      { pesel: '44851499990', givenName: 'Ola', familyName: 'Kos' },
    ],
    [
      'names of one sound and the day',
      { givenName: 'Żaneta', familyName: 'Łoś', birthDate: '1990-04-03' },
      { givenName: 'ZANETA', familyName: 'LOS', birthDate: '1990-04-03' },
    ],
    [
      'names exchanged',
      { givenName: 'Żaneta', familyName: 'Łoś', birthDate: '1990-04-03' },
      { givenName: 'Łoś', familyName: 'Żaneta', birthDate: '1990-04-03' },
    ],
    [
      'day and month exchanged',
      { givenName: 'Żaneta', familyName: 'Łoś', birthDate: '1990-04-03' },
      { givenName: 'Żaneta', familyName: 'Łoś', birthDate: '1990-03-04' },
    ],
    [
      'a PESEL that tells the day',
      { pesel: '44851499990', givenName: 'Ewa', familyName: 'Sowa' },
      { birthDate: '1844-05-14', givenName: 'Ewa', familyName: 'Sowa' },
    ],
  ])('share %s', (_, one, other) => expect(share(claims(one), claims(other))).toBe(true));

  it('share nothing by a name alone', () =>
    expect(
      share(claims({ givenName: 'Ewa', familyName: 'Sowa' }), claims({ givenName: 'Ewa', familyName: 'Sowa' })),
    ).toBe(false));

  it('share a member, places or a case elsewhere', () => {
    const member = (personExternalId: string): Record<string, string> => ({ personExternalId });
    const known = (externalId: string): string => (externalId === 'K-9' ? 'K-1' : externalId);
    expect(claimsOf('HOUSEHOLDS', record({}, [member('K-9'), member('K-2')]), known)).toEqual(['K-1', 'K-2']);
    expect(claimsOf('APPLICATIONS', record({}, [{ state: 'SUBMITTED' }]), same)).toEqual([]);
    expect(claimsOf('APPLICATIONS', record({}, [{ state: 'SUBMITTED' }, { state: 'QUALIFIED' }]), same)).toEqual([
      'places',
    ]);
    expect(claimsOf('EXTERNAL_CASES', record({ system: 'POMOST', number: '17' }), same)).toEqual(['POMOST 17']);
    expect(claimsOf('HISTORY', record({}), same)).toEqual([]);
    expect(claimsOf('PERSONS', { ...record({ pesel: '44851499990' }), fault: 'external-id-repeated' }, same)).toEqual(
      [],
    );
  });
});
