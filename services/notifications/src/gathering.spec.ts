import fc from 'fast-check';
import { Gathering } from './gathering';

describe('gathering', () => {
  it('acts on one at once, and on what came meanwhile together', async () => {
    const batches: number[][] = [];
    const gathering = new Gathering<number>(async (items) => {
      batches.push([...items]);
      await new Promise((resolve) => setTimeout(resolve, 5));
    });
    await Promise.all([1, 2, 3, 4].map((item) => gathering.add(item)));
    expect(batches).toEqual([[1], [2, 3, 4]]);
  });

  it('acts on each that can be acted on, whatever fails beside it, never on more than so many at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 30 }),
        fc.integer({ min: 1, max: 8 }),
        async (good, most) => {
          const acted: number[] = [];
          const gathering = new Gathering<number>(async (items) => {
            await Promise.resolve();
            expect(items.length).toBeLessThanOrEqual(most);
            if (items.some((item) => !good[item])) throw new Error('bad');
            acted.push(...items);
          }, most);
          const results = await Promise.allSettled(good.map((_, item) => gathering.add(item)));
          expect(results.map(({ status }) => status === 'fulfilled')).toEqual(good);
          expect(acted).toEqual(good.flatMap((isGood, item) => (isGood ? [item] : [])));
        },
      ),
    );
  });
});
