import fc from 'fast-check';
import { bite, freshness, Lane, laneWidth } from './lane';

const items = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ sequence: from + index }));
const now = 1_000_000;

describe('a lane', () => {
  it('lets so many go at a time, and the next when one is answered', () => {
    const lane = new Lane('sub', false);
    lane.put(items(1, 40), now);
    for (let sequence = 1; sequence <= laneWidth; sequence += 1) expect(lane.next(now)?.sequence).toBe(sequence);
    expect(lane.next(now)).toBeUndefined();
    lane.answered();
    expect(lane.next(now)?.sequence).toBe(laneWidth + 1);
  });

  it('has in hand what was answered until it is recorded', () => {
    const lane = new Lane('sub', false);
    lane.put(items(1, 1), now);
    const one = lane.next(now);
    lane.answered();
    expect([lane.inHand, lane.isEmpty]).toEqual([[1], false]);
    lane.recorded(one ?? { sequence: 0 });
    expect([lane.inHand, lane.isEmpty]).toEqual([[], true]);
  });

  it('posts nothing that was read a while ago: a grant may be gone since', () => {
    const lane = new Lane('sub', false);
    lane.put(items(1, 3), now);
    expect(lane.next(now)?.sequence).toBe(1);
    expect(lane.next(now + freshness + 1)).toBeUndefined();
    expect(lane.inHand).toEqual([1]);
    lane.put(items(2, 2), now + freshness + 1);
    expect(lane.next(now + freshness + 1)?.sequence).toBe(2);
  });

  it('of batches has one in hand', () => {
    const lane = new Lane('sub', true);
    expect(lane.room).toBe(1);
    lane.put(items(1, 1), now);
    lane.next(now);
    lane.answered();
    expect(lane.room).toBe(0);
    lane.recorded({ sequence: 1 });
    expect(lane.room).toBe(1);
  });

  it('never has more under way than it is wide, nor more in hand than two bites, nor anything twice', () => {
    const steps = fc.array(fc.constantFrom('read', 'post', 'answer', 'record', 'wait', 'forget'), { maxLength: 200 });
    fc.assert(
      fc.property(steps, (run) => {
        const lane = new Lane('sub', false);
        const posting: { sequence: number }[] = [];
        const answered: { sequence: number }[] = [];
        const done = new Set<number>();
        let at = now;
        for (const step of run) {
          if (step === 'read') {
            const inHand = new Set(lane.inHand);
            const free = items(1, 400).filter(({ sequence }) => !done.has(sequence) && !inHand.has(sequence));
            lane.put(free.slice(0, lane.room), at);
          } else if (step === 'post') {
            for (let one = lane.next(at); one; one = lane.next(at)) posting.push(one);
          } else if (step === 'answer' && posting.length > 0) {
            answered.push(...posting.splice(0, 1));
            lane.answered();
          } else if (step === 'record')
            for (const one of answered.splice(0)) {
              done.add(one.sequence);
              lane.recorded(one);
            }
          else if (step === 'wait') at += freshness + 1;
          else if (step === 'forget') lane.forget();
          const under = [...posting, ...answered].map(({ sequence }) => sequence);
          expect(posting.length).toBeLessThanOrEqual(laneWidth);
          expect(new Set(under).size).toBe(under.length);
          expect(lane.inHand.length).toBeLessThanOrEqual(2 * bite);
          expect(under.every((sequence) => lane.inHand.includes(sequence) && !done.has(sequence))).toBe(true);
        }
      }),
    );
  });
});
