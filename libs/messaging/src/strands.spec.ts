import fc from 'fast-check';
import { handleStretches, stretchesOf } from './strands';

interface Event {
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly strand?: string | undefined;
  readonly at: number;
}
const one = (at: number, aggregateId: string, strand?: string): Event => ({
  aggregateType: 'case',
  aggregateId,
  at,
  ...(strand !== undefined && { strand }),
});
const stretches = (events: readonly Event[]): number[][][] =>
  stretchesOf(events, ({ strand }) => strand).map((strands) => strands.map((strand) => strand.map(({ at }) => at)));

describe('the strands of a batch', () => {
  it('are side by side, and each keeps its order', () => {
    expect(stretches([one(0, 'a', 'x'), one(1, 'b', 'y'), one(2, 'c', 'x')])).toEqual([[[0, 2], [1]]]);
  });

  it('wait for an event without a strand, and it for them', () => {
    expect(stretches([one(0, 'a', 'x'), one(1, 'b'), one(2, 'c', 'x'), one(3, 'd', 'y')])).toEqual([
      [[0]],
      [[1]],
      [[2], [3]],
    ]);
  });

  it('never part the events of an aggregate', () => {
    expect(stretches([one(0, 'a', 'x'), one(1, 'a', 'y'), one(2, 'b', 'x')])).toEqual([[[0]], [[1], [2]]]);
  });

  const events = fc
    .array(
      fc.record({
        aggregateId: fc.constantFrom('a', 'b', 'c', 'd'),
        strand: fc.option(fc.constantFrom('x', 'y', 'z'), { nil: undefined }),
        patience: fc.nat(3),
      }),
      { maxLength: 30 },
    )
    .map((drawn) => drawn.map((event, at) => ({ ...event, at, aggregateType: 'case' })));

  it('handle everything once, and in order whatever shares an aggregate, a strand, or has none', async () => {
    await fc.assert(
      fc.asyncProperty(events, async (batch) => {
        const began: number[] = [];
        const ended: number[] = [];
        await handleStretches(
          stretchesOf(batch, ({ strand }) => strand),
          async ({ at, patience }) => {
            began.push(at);
            for (let turn = 0; turn < patience; turn += 1) await Promise.resolve();
            ended.push(at);
          },
        );
        expect(ended.toSorted((a, b) => a - b)).toEqual(batch.map(({ at }) => at));
        for (const [at, later] of batch.entries())
          for (const earlier of batch.slice(0, at)) {
            const isBound =
              earlier.aggregateId === later.aggregateId ||
              earlier.strand === undefined ||
              later.strand === undefined ||
              earlier.strand === later.strand;
            if (isBound) {
              expect(began.indexOf(later.at)).toBeGreaterThan(began.indexOf(earlier.at));
              expect(ended.indexOf(later.at)).toBeGreaterThan(ended.indexOf(earlier.at));
            }
          }
      }),
    );
  });

  it('fail when all have come to an end', async () => {
    const ended: string[] = [];
    const handle = async (name: string): Promise<void> => {
      if (name === 'bad') throw new Error('bad');
      await new Promise((resolve) => setTimeout(resolve, 20));
      ended.push(name);
    };
    await expect(handleStretches([[['bad', 'behind it'], ['slow']], [['later']]], handle)).rejects.toThrow('bad');
    expect(ended).toEqual(['slow']);
  });
});
