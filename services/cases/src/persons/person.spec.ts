import { generatePesel } from '@okienko/identifiers/pesel-generator';
import fc from 'fast-check';
import { identifierOf, PeselInvalid } from './identifier';
import { birthDateOf, type Departure, Person } from './person';
import { BirthDateWrong, DeathDateWrong, NothingToCorrect, PersonDead, PersonMerged, SameGmina } from './person-errors';

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

const today = '2026-03-02';
const identity = {
  identifier: sealed,
  identifierIndex: sealed,
  givenName: sealed,
  familyName: sealed,
  birthDate: null,
};
const registered = (id = 'id-1') => Person.register(id, 'main', '2861011', identity, new Date());
const ended = { applications: [], plans: [], fees: [], participations: [] };

it('a registered person is announced by the gmina alone', () => {
  expect(registered().registered()).toMatchObject({ subject: 'id-1', gmina: '2861011', data: { terc: '2861011' } });
});

describe('a correction of the identity', () => {
  it('tells which groups changed and to which gmina, and nothing else', () => {
    const person = registered();
    person.correct({ ...identity, givenName: Buffer.from('other') }, '2804012', ['NAMES', 'RESIDENCE']);
    expect(person.identityCorrected(['NAMES', 'RESIDENCE'], 'DOCUMENT_SHOWN').data).toEqual({
      changed: ['NAMES', 'RESIDENCE'],
      reasonCode: 'DOCUMENT_SHOWN',
      terc: '2804012',
    });
  });

  it('corrects something', () => expect(() => registered().correct(identity, '2861011', [])).toThrow(NothingToCorrect));
});

describe('a death', () => {
  it('is between birth and today, once', () => {
    const person = registered();
    expect(() => person.assertMayDie('2026-03-03', null, today)).toThrow(DeathDateWrong);
    expect(() => person.assertMayDie('1944-05-13', '1944-05-14', today)).toThrow(DeathDateWrong);
    expect(() => person.assertMayDie('1944-05-14', '1944-05-14', today)).not.toThrow();
    person.die({ diedOn: today, source: 'FAMILY', ended });
    expect(() => person.assertMayDie(today, null, today)).toThrow(PersonDead);
    expect(() => person.assertMayDepart(today, null, today)).toThrow(PersonDead);
  });

  it('is taken back with all that is known of it', () => {
    const person = registered();
    const death = { diedOn: today, source: 'FAMILY', ended } as const;
    person.die(death);
    expect(person.correctDeath()).toBe(death);
    expect(() => person.correctDeath()).toThrow('ALIVE');
  });
});

describe('a departure', () => {
  const depart = (person: Person, toTerc: string | null): void => {
    person.assertMayDepart(today, toTerc, today);
    person.depart({ leftOn: today, fromTerc: person.terc, toTerc, ended });
  };

  it('is to another gmina, and not on a day to come', () => {
    expect(() => depart(registered(), '2861011')).toThrow(SameGmina);
    expect(() => registered().assertMayDepart('2026-03-03', null, today)).toThrow('later than today');
    const person = registered();
    depart(person, '2804012');
    expect(person.terc).toBe('2804012');
    expect(person.departed(person.departure as Departure)).toMatchObject({
      gmina: '2861011',
      data: { leftOn: today, fromTerc: '2861011', toTerc: '2804012' },
    });
  });

  it('to nobody knows where is followed by none until the residence is known', () => {
    const person = registered();
    depart(person, null);
    expect(person.isGone).toBe(true);
    expect(person.departed(person.departure as Departure).data).toEqual({ leftOn: today, fromTerc: '2861011' });
    expect(() => depart(person, '2804012')).toThrow('GONE');
    person.correct(identity, '2804012', ['RESIDENCE']);
    expect(person.isGone).toBe(false);
    expect(() => depart(person, '2861011')).not.toThrow();
  });

  it('that is taken back leaves the person where they lived', () => {
    const person = registered();
    depart(person, '2804012');
    person.correctDeparture();
    expect([person.terc, person.departure]).toEqual(['2861011', null]);
    expect(() => person.correctDeparture()).toThrow('RESIDENT');
  });
});

describe('whichever records are merged into which', () => {
  it('none is merged twice, nor into one that is merged', () => {
    const pair = fc.tuple(fc.nat(4), fc.nat(4)).filter(([one, other]) => one !== other);
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 15 }), (merges) => {
        const records = Array.from({ length: 5 }, (_, n) => registered(`id-${n}`));
        for (const [from, into] of merges) {
          const [one, other] = [records[from] as Person, records[into] as Person];
          const free = one.mergedInto === null && other.mergedInto === null;
          if (free) one.mergeInto(other);
          else expect(() => one.mergeInto(other)).toThrow(PersonMerged);
        }
        for (const { id, mergedInto } of records) expect(mergedInto).not.toBe(id);
      }),
    );
  });
});
