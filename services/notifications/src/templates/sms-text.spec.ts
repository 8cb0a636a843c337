import fc from 'fast-check';
import { plain, smsOf } from './sms-text';

const gsm = '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./:;<=>?¡ABCXYZÄÖÑÜ§¿abcxyzäöñüà0123456789'.split('');
const inGsm = fc.string({ unit: fc.constantFrom(...gsm, ...'^{}\\[~]|€\f'), maxLength: 800 });
const anything = fc.string({
  unit: fc.constantFrom(...gsm, '€', '[', 'ł', 'ї', '😀', '👩‍🦽', 'e\u0301'),
  maxLength: 800,
});
const septetsOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + ('^{}\\[~]|€\f'.includes(sign) ? 2 : 1), 0);

describe('a short message', () => {
  it.each([
    ['', 'GSM_7', 0, 1],
    ['a'.repeat(160), 'GSM_7', 160, 1],
    ['a'.repeat(161), 'GSM_7', 161, 2],
    ['a'.repeat(306), 'GSM_7', 306, 2],
    ['a'.repeat(307), 'GSM_7', 307, 3],
    ['€'.repeat(80), 'GSM_7', 160, 1],
    ['€'.repeat(81), 'GSM_7', 162, 2],
    ['ł'.repeat(70), 'UCS_2', 70, 1],
    ['ł'.repeat(71), 'UCS_2', 71, 2],
    ['ł'.repeat(134), 'UCS_2', 134, 2],
    ['ł'.repeat(135), 'UCS_2', 135, 3],
    ['😀'.repeat(35), 'UCS_2', 70, 1],
    ['😀'.repeat(67), 'UCS_2', 134, 3],
  ] as const)('is counted as networks do (%#)', (text, alphabet, units, parts) => {
    const sms = smsOf(text);
    expect([sms.alphabet, sms.units, sms.parts.length]).toEqual([alphabet, units, parts]);
  });

  it('knows the 127 signs of the basic table and ten that take two places', () => {
    const signs = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code));
    const places = signs.map((sign) => smsOf(sign)).filter(({ alphabet }) => alphabet === 'GSM_7');
    expect(places.filter(({ units }) => units === 1)).toHaveLength(127);
    expect(places.filter(({ units }) => units === 2)).toHaveLength(10);
  });

  it('is put together again as it was, and no part is longer than it may be or shorter than it must be', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { alphabet, units, parts } = smsOf(text);
        expect(parts.join('')).toBe(text);
        const size = alphabet === 'GSM_7' ? septetsOf : (part: string): number => part.length;
        expect(size(text)).toBe(units);
        const [alone, room] = alphabet === 'GSM_7' ? [160, 153] : [70, 67];
        if (units <= alone) return expect(parts).toHaveLength(1);
        for (const part of parts) expect(size(part)).toBeLessThanOrEqual(room);
        // Only what takes two places can leave one of them free.
        for (const part of parts.slice(0, -1)) expect(size(part)).toBeGreaterThanOrEqual(room - 1);
      }),
    );
  });

  it('tears nothing apart: neither a pair of surrogates nor what goes with an escape', () => {
    fc.assert(fc.property(anything, (text) => smsOf(text).parts.every((part) => part.isWellFormed())));
    fc.assert(fc.property(inGsm, (text) => smsOf(text).parts.every((part) => smsOf(part).alphabet === 'GSM_7')));
  });
});

describe('plain writing', () => {
  it('keeps Polish in the smaller alphabet', () => {
    expect(plain('Zażółć gęślą jaźń – „ŁÓDŹ”…')).toBe('Zazolc gesla jazn - "LODZ"...');
    const polish = fc.string({ unit: fc.constantFrom(...'ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”–—… aZ0,.\u00a0'), maxLength: 200 });
    fc.assert(fc.property(polish, (text) => smsOf(plain(text)).alphabet === 'GSM_7'));
  });

  it('leaves what the alphabet has, and what nothing can be made of', () => {
    expect(plain('à ä € Зустріч')).toBe('à ä € Зустріч');
    fc.assert(fc.property(inGsm, (text) => plain(text) === text));
  });
});
