import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { BounceAddress } from './bounce-address';

const key = randomBytes(32);
const bounces = new BounceAddress('wiadomosci@cus.example.pl', key);

describe('an address for what comes back', () => {
  it('names its message, however a server writes it', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string(), fc.string(), fc.boolean(), (id, before, behind, isLoud) => {
        const address = bounces.of(id) ?? '';
        expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64);
        expect(bounces.messageIn(`${before}<${isLoud ? address.toUpperCase() : address}>${behind}`)).toBe(id);
      }),
    );
  });

  it('names none where the signature is not ours or is of another message', () => {
    const [mine, other] = [bounces.of(randomUUID()) ?? '', bounces.of(randomUUID()) ?? ''];
    const foreign = new BounceAddress('bounces@cus.example.pl', randomBytes(32)).of(randomUUID()) ?? '';
    expect(bounces.messageIn(foreign)).toBeUndefined();
    expect(bounces.messageIn(`${mine.split('.')[0]}.${other.split('.').slice(1).join('.')}`)).toBeUndefined();
    expect(bounces.messageIn('bounces@cus.example.pl')).toBeUndefined();
    expect(bounces.messageIn(`${foreign}, ${mine}`)).toBeDefined();
  });

  it('is none where there is no mailbox for it', () => {
    expect(new BounceAddress(undefined, key).of(randomUUID())).toBeUndefined();
  });
});
