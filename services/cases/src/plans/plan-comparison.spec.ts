import fc from 'fast-check';
import { comparePlans, type Difference } from './plan-comparison';

const item = fc.record(
  {
    itemId: fc.constantFrom('a', 'b', 'c', 'd'),
    quantity: fc.integer({ min: 1, max: 2 }),
    place: fc.constantFrom('w domu', 'CUS'),
  },
  { requiredKeys: ['itemId', 'quantity'] },
);
const version = fc.record({
  items: fc.uniqueArray(item, { selector: ({ itemId }) => itemId }),
  to: fc.constantFrom('2026-06-30', '2026-12-31'),
  goals: fc.array(fc.constantFrom('sen', 'spacer'), { maxLength: 2 }),
});
const turned = (fields: readonly Difference[]): Difference[] =>
  fields.map(({ field, before, after }) => ({ field, before: after, after: before }));
const byId = <T extends { itemId: string }>(some: readonly T[]): T[] =>
  [...some].sort((one, other) => (one.itemId < other.itemId ? -1 : 1));

describe('comparing two versions of a plan', () => {
  it('names what is new, what is gone and what differs', () => {
    const one = {
      to: '2026-06-30',
      goals: ['sen'],
      items: [
        { itemId: 'a', quantity: 1 },
        { itemId: 'b', quantity: 1 },
      ],
    };
    const other = {
      to: '2026-06-30',
      goals: ['sen', 'spacer'],
      items: [
        { itemId: 'a', quantity: 2 },
        { itemId: 'c', quantity: 1 },
      ],
    };
    expect(comparePlans(one, other)).toEqual({
      added: [{ itemId: 'c', quantity: 1 }],
      removed: [{ itemId: 'b', quantity: 1 }],
      changed: [{ itemId: 'a', fields: [{ field: 'quantity', before: 1, after: 2 }] }],
      fields: [{ field: 'goals', before: ['sen'], after: ['sen', 'spacer'] }],
    });
  });

  it('the other way round gives the inverse', () => {
    fc.assert(
      fc.property(version, version, (one, other) => {
        const [there, back] = [comparePlans(one, other), comparePlans(other, one)];
        expect(byId(back.added)).toEqual(byId(there.removed));
        expect(byId(back.removed)).toEqual(byId(there.added));
        expect(back.fields).toEqual(turned(there.fields));
        const inverse = there.changed.map(({ itemId, fields }) => ({ itemId, fields: turned(fields) }));
        expect(byId(back.changed)).toEqual(byId(inverse));
      }),
    );
  });

  it('a version differs from itself in nothing', () => {
    fc.assert(
      fc.property(version, (one) =>
        expect(comparePlans(one, one)).toEqual({ added: [], removed: [], changed: [], fields: [] }),
      ),
    );
  });
});
