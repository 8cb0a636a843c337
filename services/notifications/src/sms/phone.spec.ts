import fc from 'fast-check';
import { phoneOf } from './phone';

describe('a telephone number', () => {
  it.each([
    ['600 000 000', '+48600000000'],
    ['+48 600-000-000', '+48600000000'],
    ['0048600000000', '+48600000000'],
    ['+380 (44) 123-45-67', '+380441234567'],
    ['112', undefined],
    ['600 000 000 wew. 5', undefined],
    ['060 000 000', undefined],
    [undefined, undefined],
  ])('%s is written as %s', (text, expected) => {
    expect(phoneOf(text)).toBe(expected);
  });

  it('is E.164 or none, and written so it stays', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789 +-()x') }), (text) => {
        const phone = phoneOf(text);
        if (phone === undefined) return;
        expect(phone).toMatch(/^\+[1-9]\d{7,14}$/);
        expect(phoneOf(phone)).toBe(phone);
      }),
    );
  });
});
