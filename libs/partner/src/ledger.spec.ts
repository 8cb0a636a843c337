import * as fc from 'fast-check';
import { Ledger } from './ledger';

describe('a ledger', () => {
  it('takes each number once, in whatever order and however often they come, also across restarts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 })), fc.nat(60), (sequences, restartAt) => {
        let ledger = new Ledger();
        const taken: number[] = [];
        sequences.forEach((sequence, index) => {
          if (index === restartAt) ledger = new Ledger(JSON.parse(JSON.stringify(ledger.state())) as never);
          if (ledger.take(sequence)) taken.push(sequence);
        });
        const all = new Set(sequences);
        expect([...taken].sort((a, b) => a - b)).toEqual([...all].sort((a, b) => a - b));
        let upTo = 0;
        while (all.has(upTo + 1)) upTo += 1;
        expect(ledger.upTo).toBe(upTo);
        const missing = ledger
          .missing()
          .flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
        const highest = Math.max(0, ...all);
        expect(missing).toEqual(Array.from({ length: highest }, (_, i) => i + 1).filter((one) => !all.has(one)));
      }),
    );
  });

  it.each([0, -1, 1.5, Number.NaN])('knows that %p is no number of an event', (sequence) => {
    expect(() => new Ledger().take(sequence)).toThrow(RangeError);
  });
});
