import fc from 'fast-check';
import { isPesel, parsePesel } from './pesel';
import { generatePesel } from './pesel-generator';

const day = fc
  .date({ min: new Date('1800-01-01'), max: new Date('2299-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const serial = fc.integer({ min: 0, max: 9999 });

describe('a PESEL', () => {
  it.each([
    ['44051401359', { birthDate: '1944-05-14', sex: 'M' }],
    ['02070803628', { birthDate: '1902-07-08', sex: 'F' }],
  ])('%s tells the date of birth and the sex', (text, expected) => expect(parsePesel(text)).toEqual(expected));

  it.each(['1800-02-28', '1900-12-31', '2000-02-29', '2199-01-01', '2299-12-31'])('holds a birth on %s', (birthDate) =>
    expect(parsePesel(generatePesel(birthDate, 1234))?.birthDate).toBe(birthDate),
  );

  it('gives back the date and the sex it was made from', () => {
    fc.assert(
      fc.property(day, serial, (birthDate, number) => {
        expect(parsePesel(generatePesel(birthDate, number))).toEqual({ birthDate, sex: number % 2 ? 'M' : 'F' });
      }),
    );
  });

  it('is refused when any single digit is changed', () => {
    fc.assert(
      fc.property(day, serial, fc.nat(10), fc.integer({ min: 1, max: 9 }), (birthDate, number, index, shift) => {
        const pesel = generatePesel(birthDate, number);
        const wrong = (Number(pesel[index]) + shift) % 10;
        return !isPesel(pesel.slice(0, index) + wrong + pesel.slice(index + 1));
      }),
    );
  });

  // Each carries the right check digit, so that it is the date that refuses it.
  it.each(['00000000000', '00023000000', '00130100003', '00223000008', '00022900002'])(
    '%s has no such date',
    (text) => {
      const sum = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3].reduce(
        (total, weight, index) => total + weight * Number(text[index]),
        0,
      );
      const digit = (10 - (sum % 10)) % 10;
      expect(parsePesel(text.slice(0, 10) + digit)).toBeUndefined();
    },
  );
});

it.each([
  ['2001-02-29', 0],
  ['1799-12-31', 0],
  ['2300-01-01', 0],
  ['14.05.1944', 0],
  ['1944-05-14', 10_000],
  ['1944-05-14', -1],
  ['1944-05-14', 0.5],
])('no PESEL is generated for %s and serial %d', (birthDate, number) =>
  expect(() => generatePesel(birthDate, number)).toThrow(RangeError),
);
