import { randomBytes, randomUUID } from 'node:crypto';
import { KeyRing } from '@okienko/privacy/key-ring';
import { digestOf, Receipts } from './receipts';

const ring = () => KeyRing.fromEnvironmentValues(randomBytes(32).toString('hex'), randomBytes(32).toString('hex'));

describe('a receipt', () => {
  const receipts = new Receipts(ring());
  const id = randomUUID();

  it('is the same for the same report, and another for any other report or key', () => {
    expect(receipts.of(id)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}$/);
    expect(receipts.of(id)).toBe(receipts.of(id));
    expect(receipts.of(randomUUID())).not.toBe(receipts.of(id));
    expect(new Receipts(ring()).of(id)).not.toBe(receipts.of(id));
  });

  it('is known however it is written down', () => {
    const receipt = receipts.of(id);
    for (const written of [receipt.toLowerCase(), receipt.replaceAll('-', ' '), receipt.replaceAll('-', '')])
      expect(digestOf(written)).toEqual(digestOf(receipt));
    expect(digestOf('OOOO-IIII-LLLL-7777-7777')).toEqual(digestOf('0000-1111-1111-7777-7777'));
    expect(digestOf(receipts.of(randomUUID()))).not.toEqual(digestOf(receipt));
  });
});
