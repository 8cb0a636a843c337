import fc from 'fast-check';
import { isAde } from './ade';
import { isKrs } from './krs';
import { isNip } from './nip';
import { isNrb } from './nrb';
import { generateNrb } from './nrb-generator';
import { isPesel } from './pesel';
import { isPostalCode } from './postal-code';
import { isRegon } from './regon';
import { isRf, rfOf } from './rf';
import { isRpwdl } from './rpwdl';
import { isTerc } from './terc';

/** Published documentation examples, not the numbers of people. */
const vectors = [
  { check: isPesel, valid: ['44051401359', '02070803628'], invalid: ['44051401358'] },
  { check: isNip, valid: ['1234563218'], invalid: ['1234567890', '123-456-32-18'] },
  { check: isRegon, valid: ['123456785', '000331501', '12345678512347'], invalid: ['123456789', '12345678512348'] },
  { check: isRpwdl, valid: ['000000012345'], invalid: ['12345', '0000000123456', '00000001234A'] },
  { check: isKrs, valid: ['0000000001'], invalid: ['1', '00000000011'] },
  {
    check: isNrb,
    valid: ['61109010140000071219812874', '27114020040000300201355387'],
    invalid: ['61109010140000071219812875', 'PL61109010140000071219812874'],
  },
  {
    check: isRf,
    valid: ['RF18539007547034', 'RF7812345', 'RF45G72UUR'],
    invalid: ['RF18539007547035', 'rf18539007547034', 'RF18', 'RF18 5390 0754 7034', '18539007547034'],
  },
  { check: isPostalCode, valid: ['82-300'], invalid: ['82300', '82-30'] },
  { check: isTerc, valid: ['2861011', '0609013', '0609014'], invalid: ['2861017', '2861016', '286101'] },
  {
    check: isAde,
    valid: ['AE:PL-12345-67890-ABCDE-12'],
    invalid: ['AE:PL-12345-67890-abcde-12', 'PL-12345-67890-ABCDE-12'],
  },
];

describe.each(vectors.map((vector) => ({ ...vector, name: vector.check.name })))(
  '$name',
  ({ check, valid, invalid }) => {
    it.each(valid)('accepts %s', (text) => expect(check(text)).toBe(true));
    it.each(invalid)('refuses %s', (text) => expect(check(text)).toBe(false));

    it.each(valid)('refuses %s with anything before or after it', (text) => {
      const noise = fc.constantFrom(' ', '\n', '\0', '0', '٣');
      fc.assert(fc.property(noise, (extra) => !check(text + extra) && !check(extra + text)));
    });

    it('answers for any text and never throws', () => {
      const digits = fc.string({ unit: fc.constantFrom(...'0123456789٣-\0\n') });
      const anything = fc.oneof(fc.string({ unit: 'binary' }), digits, fc.constantFrom('\0', '\ud800', ''));
      fc.assert(fc.property(anything, (text) => typeof check(text) === 'boolean'));
    });
  },
);

it.each([
  { check: isNip, number: '1234563218' },
  { check: isRegon, number: '000331501' },
  { check: isNrb, number: '27114020040000300201355387' },
])('$check.name notices any single wrong digit', ({ check, number }) => {
  for (const [index, digit] of [...number].entries()) {
    const others = [...'0123456789'].filter((other) => other !== digit);
    const accepted = others.filter((other) => check(number.slice(0, index) + other + number.slice(index + 1)));
    expect(accepted).toEqual([]);
  }
});

it('an invented account number is a valid one', () => {
  fc.assert(fc.property(fc.nat(), (serial) => isNrb(generateNrb(serial))));
});

describe('rfOf', () => {
  const body = fc.string({ unit: fc.constantFrom(...'0123456789ABCXYZ'), minLength: 1, maxLength: 21 });

  it('makes references that are valid, and their bodies stay readable', () => {
    fc.assert(fc.property(body, (text) => isRf(rfOf(text)) && rfOf(text).slice(4) === text));
  });

  it('makes no reference of digits in which a wrong one, or two in each other’s place, go unnoticed', () => {
    const number = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 21 });
    fc.assert(
      fc.property(number, fc.nat(), fc.constantFrom(...'0123456789'), (text, place, other) => {
        const reference = rfOf(text);
        const at = 4 + (place % text.length);
        const wrong = reference.slice(0, at) + other + reference.slice(at + 1);
        const [one = '', next = ''] = reference.slice(at, at + 2);
        const swapped = reference.slice(0, at) + next + one + reference.slice(at + 2);
        expect(isRf(wrong)).toBe(wrong === reference);
        expect(isRf(swapped)).toBe(swapped === reference);
      }),
    );
  });

  it('refuses what is no body', () => {
    for (const text of ['', 'a', '1 2', '1'.repeat(22)]) expect(() => rfOf(text)).toThrow(RangeError);
  });
});
