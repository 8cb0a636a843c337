import fc from 'fast-check';
import { referralTermsOn } from '../terms/referral-terms';
import { chosenOf, type Offering, ranked } from './candidates';

const { weights } = referralTermsOn('2026-11-22');
const offering = (providerId: string, more: Partial<Offering> = {}): Offering => ({
  providerId,
  places: 10,
  free: 5,
  hasServed: false,
  refusal: null,
  ...more,
});
const order = (offerings: readonly Offering[], wish: string | null = null): string[] =>
  ranked(offerings, wish, weights).map(({ providerId }) => providerId);

describe('the rule of referrals', () => {
  it('puts the wish of the person first, then continuity, then free places', () => {
    const offerings = [
      offering('free', { free: 10 }),
      offering('known', { hasServed: true, free: 1 }),
      offering('wish'),
    ];
    expect(order(offerings, 'wish')).toEqual(['wish', 'known', 'free']);
    expect(order(offerings)).toEqual(['known', 'free', 'wish']);
  });

  it('says where the points come from', () => {
    const [first] = ranked([offering('a', { hasServed: true, free: 3 })], 'a', weights);
    expect(first).toEqual({
      providerId: 'a',
      points: 159,
      because: { wish: 100, continuity: 50, freePlaces: 9 },
      places: 10,
      free: 3,
    });
  });

  it('never chooses who has said no, has not answered or is full, and says so', () => {
    const offerings = [
      offering('no', { refusal: 'DECLINED', hasServed: true }),
      offering('silent', { refusal: 'LAPSED' }),
      offering('full', { free: 0 }),
    ];
    const ranking = ranked(offerings, 'no', weights);
    expect(ranking.map(({ providerId, excluded }) => [providerId, excluded])).toEqual([
      ['no', 'DECLINED'],
      ['silent', 'NO_ANSWER'],
      ['full', 'NO_FREE_PLACE'],
    ]);
    expect(chosenOf(ranking)).toBeUndefined();
    expect(chosenOf([])).toBeUndefined();
  });
});

const offerings = fc.uniqueArray(
  fc
    .record({
      providerId: fc.constantFrom(...'abcdefgh'),
      places: fc.integer({ min: 1, max: 50 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      hasServed: fc.boolean(),
      refusal: fc.constantFrom(null, 'DECLINED' as const, 'LAPSED' as const),
    })
    .map(({ share, ...rest }) => ({ ...rest, free: Math.floor(share * rest.places) })),
  { selector: ({ providerId }) => providerId, maxLength: 8 },
);
const wish = fc.constantFrom(null, ...'abcdefgh');

describe('every ranking', () => {
  it('has one order, in whatever order the providers come', () => {
    fc.assert(
      fc.property(offerings, wish, (given, wished) => {
        const inOrder = order(given, wished);
        expect(order(given.toReversed(), wished)).toEqual(inOrder);
        expect([...inOrder].sort()).toEqual(given.map(({ providerId }) => providerId).sort());
      }),
    );
  });

  it('chooses somebody whenever somebody may be chosen, and nobody else', () => {
    fc.assert(
      fc.property(offerings, wish, (given, wished) => {
        const able = given.filter(({ free, refusal }) => free > 0 && refusal === null);
        const chosen = chosenOf(ranked(given, wished, weights));
        expect(chosen === undefined).toBe(able.length === 0);
        if (chosen) expect(able.map(({ providerId }) => providerId)).toContain(chosen.providerId);
      }),
    );
  });

  it('never puts a provider lower for having more free places or having served the person', () => {
    fc.assert(
      fc.property(offerings, wish, fc.nat(7), (given, wished, at) => {
        const improved = given[at % (given.length || 1)];
        if (!improved) return;
        const better = { ...improved, free: improved.places, hasServed: true };
        const after = given.map((one) => (one === improved ? better : one));
        const place = (all: readonly Offering[]): number => order(all, wished).indexOf(improved.providerId);
        expect(place(after)).toBeLessThanOrEqual(place(given));
      }),
    );
  });
});
