import fc from 'fast-check';
import { referralTermsOn } from '../terms/referral-terms';
import { chosenOf, type Offering, ranked } from './candidates';

const terms = referralTermsOn('2026-11-22');
const offering = (providerId: string, more: Partial<Offering> = {}): Offering => ({
  providerId,
  places: 10,
  free: 5,
  hasServed: false,
  points: [],
  refusal: null,
  ...more,
});
const nobody = { wishedProviderId: null, home: null };
const elblag = { latitude: 54.1561, longitude: 19.4045 };
const cracow = { latitude: 50.0614, longitude: 19.9366 };
const order = (offerings: readonly Offering[], wish: string | null = null): string[] =>
  ranked(offerings, { ...nobody, wishedProviderId: wish }, terms).map(({ providerId }) => providerId);

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
    const near = offering('a', { hasServed: true, free: 3, points: [cracow, elblag] });
    const [first] = ranked([near], { wishedProviderId: 'a', home: elblag }, terms);
    expect(first).toEqual({
      providerId: 'a',
      points: 169,
      because: { wish: 100, continuity: 50, freePlaces: 9, distance: 10 },
      fromKm: 0,
      places: 10,
      free: 3,
    });
  });

  it('puts the nearer before the unknown, and that before the far', () => {
    const offerings = [offering('far', { points: [cracow] }), offering('near', { points: [elblag] }), offering('new')];
    const ranking = ranked(offerings, { ...nobody, home: elblag }, terms);
    expect(ranking.map(({ providerId, fromKm }) => [providerId, fromKm])).toEqual([
      ['near', 0],
      ['new', undefined],
      ['far', 25],
    ]);
  });

  it('never chooses who has said no, has not answered or is full, and says so', () => {
    const offerings = [
      offering('no', { refusal: 'DECLINED', hasServed: true }),
      offering('silent', { refusal: 'LAPSED' }),
      offering('full', { free: 0 }),
    ];
    const ranking = ranked(offerings, { ...nobody, wishedProviderId: 'no' }, terms);
    expect(ranking.map(({ providerId, excluded }) => [providerId, excluded])).toEqual([
      ['no', 'DECLINED'],
      ['silent', 'NO_ANSWER'],
      ['full', 'NO_FREE_PLACE'],
    ]);
    expect(chosenOf(ranking)).toBeUndefined();
    expect(chosenOf([])).toBeUndefined();
  });
});

const point = fc.record({
  latitude: fc.double({ min: 49, max: 55, noNaN: true }),
  longitude: fc.double({ min: 14, max: 24, noNaN: true }),
});
const offerings = fc.uniqueArray(
  fc
    .record({
      providerId: fc.constantFrom(...'abcdefgh'),
      places: fc.integer({ min: 1, max: 50 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      hasServed: fc.boolean(),
      points: fc.array(point, { maxLength: 2 }),
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
        const chosen = chosenOf(ranked(given, { ...nobody, wishedProviderId: wished }, terms));
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

  it('is the one without distances where the home or the places are not known', () => {
    fc.assert(
      fc.property(offerings, point, (given, home) => {
        const nowhere = given.map((one) => ({ ...one, points: [] }));
        const without = ranked(nowhere, nobody, terms);
        expect(ranked(given, nobody, terms)).toEqual(without);
        expect(ranked(nowhere, { ...nobody, home }, terms)).toEqual(without);
      }),
    );
  });

  it('never puts a provider lower for coming nearer', () => {
    fc.assert(
      fc.property(offerings, point, fc.nat(7), (given, home, at) => {
        const moving = given[at % (given.length || 1)];
        if (!moving || moving.points.length === 0) return;
        const after = given.map((one) => (one === moving ? { ...one, points: [...one.points, home] } : one));
        const place = (all: readonly Offering[]): number =>
          ranked(all, { ...nobody, home }, terms).findIndex(({ providerId }) => providerId === moving.providerId);
        expect(place(after)).toBeLessThanOrEqual(place(given));
      }),
    );
  });
});
