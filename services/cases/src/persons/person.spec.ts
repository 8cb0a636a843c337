import { generatePesel } from '@okienko/identifiers/pesel-generator';
import fc from 'fast-check';
import { identifierOf, PeselInvalid } from './identifier';
import { BirthDateWrong, birthDateOf, Person } from './person';

const sealed = Buffer.from('ciphertext');
const day = fc
  .date({ min: new Date('1800-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('an identifier', () => {
  it('is refused when it claims to be a PESEL and is not', () => {
    expect(() => identifierOf({ kind: 'PESEL', value: '44051401358' })).toThrow(PeselInvalid);
  });

  it('tells the birth date when it is a PESEL', () => {
    fc.assert(
      fc.property(
        day,
        fc.nat(9999),
        (born, serial) => identifierOf({ kind: 'PESEL', value: generatePesel(born, serial) }).birthDate === born,
      ),
    );
  });

  it('is the same however a foreign document spaces it, and never equal to a PESEL', () => {
    const other = (value: string) => identifierOf({ kind: 'OTHER', country: 'UA', value }).normalised;
    expect(other('fb 12-34 56')).toBe(other('FB123456'));
    expect(other('44051401359')).not.toBe(identifierOf({ kind: 'PESEL', value: '44051401359' }).normalised);
  });
});

describe('a birth date', () => {
  const pesel = identifierOf({ kind: 'PESEL', value: '44051401359' });

  it('comes from the PESEL when it is not given', () =>
    expect(birthDateOf(undefined, pesel, '2026-01-01')).toBe('1944-05-14'));
  it('may not contradict the PESEL', () =>
    expect(() => birthDateOf('1944-05-15', pesel, '2026-01-01')).toThrow(BirthDateWrong));
  it('may be today and not later', () => {
    expect(birthDateOf('2026-01-01', undefined, '2026-01-01')).toBe('2026-01-01');
    expect(() => birthDateOf('2026-01-02', undefined, '2026-01-01')).toThrow(BirthDateWrong);
  });
});

it('a registered person is announced by the gmina alone', () => {
  const identity = {
    identifier: sealed,
    identifierIndex: sealed,
    givenName: sealed,
    familyName: sealed,
    birthDate: null,
  };
  const person = Person.register('id-1', 'main', '2861011', identity, new Date());
  expect(person.registered()).toMatchObject({ subject: 'id-1', gmina: '2861011', data: { terc: '2861011' } });
});
