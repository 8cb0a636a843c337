import fc from 'fast-check';
import { type Measured, median, share, told } from './figure';

const fewest = 5;
const part = fc
  .integer({ min: 0, max: 14 })
  .chain((denominator) => fc.integer({ min: 0, max: denominator }).map((numerator) => share(numerator, denominator)));
const parts = fc.array(part, { minLength: 1, maxLength: 6 });
const sum = (some: readonly Measured[]): Measured =>
  share(
    some.reduce((all, { numerator }) => all + (numerator ?? 0), 0),
    some.reduce((all, { denominator }) => all + denominator, 0),
  );
const publication = (some: readonly Measured[]) => told(sum(some), some, fewest);

it('is a share with the numbers behind it, or a median with how many', () => {
  expect(share(11, 12)).toEqual({ value: 91.7, numerator: 11, denominator: 12 });
  expect(share(0, 0)).toEqual({ value: null, numerator: 0, denominator: 0 });
  expect(median(2.25, 6)).toEqual({ value: 2.3, numerator: null, denominator: 6 });
});

it('is withheld where it is of fewer, and so is another beside it', () => {
  const withheld = { value: null, numerator: null, denominator: null, why: 'TOO_FEW' };
  expect(publication([share(1, 4)])).toEqual({ total: withheld, parts: [withheld] });
  expect(publication([share(6, 6)])).toEqual({ total: share(6, 6), parts: [share(6, 6)] });
  const [small, least, none, most] = [share(1, 2), share(3, 6), share(0, 0), share(9, 9)];
  expect(publication([small, least, none, most])).toEqual({
    total: share(13, 17),
    parts: [withheld, withheld, none, most],
  });
});

it('nothing that is told is of few', () => {
  fc.assert(
    fc.property(parts, (some) => {
      const { total, parts: cells } = publication(some);
      for (const { denominator } of [total, ...cells])
        expect(denominator === null || denominator === 0 || denominator >= fewest).toBe(true);
    }),
  );
});

it('the total less what is told is of nobody, or of two withheld cells at least and not of few', () => {
  fc.assert(
    fc.property(parts, (some) => {
      const { total, parts: cells } = publication(some);
      if (total.denominator === null) return;
      const rest = cells.reduce((left, { denominator }) => left - (denominator ?? 0), total.denominator);
      const hidden = cells.filter(({ why }) => why).length;
      expect(hidden === 0 ? rest === 0 : hidden >= 2 && rest >= fewest).toBe(true);
    }),
  );
});

it('whoever exchanges two withheld cells publishes the same, so none of them is known to be small', () => {
  fc.assert(
    fc.property(parts, (some) => {
      const before = publication(some);
      const hidden = before.parts.flatMap(({ why }, index) => (why ? [index] : []));
      const [one = 0, other = 0] = [hidden[0], hidden.at(-1)];
      const exchanged = some.with(one, some[other] as Measured).with(other, some[one] as Measured);
      expect(publication(exchanged)).toEqual(before);
    }),
  );
});
