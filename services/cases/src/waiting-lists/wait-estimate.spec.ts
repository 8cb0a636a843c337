import fc from 'fast-check';
import { estimateOf } from './wait-estimate';

const freed = fc.array(fc.record({ days: fc.integer({ min: 1, max: 365 }), places: fc.nat(50) }), { maxLength: 3 });
const position = fc.integer({ min: 1, max: 2000 });

describe('the estimate of a wait', () => {
  it('is a range over the spans, and nothing where no place was freed', () => {
    const spans = (recent: number, longer: number) => [
      { days: 90, places: recent },
      { days: 180, places: longer },
    ];
    expect(estimateOf(3, spans(9, 10))).toEqual({ fromDays: 30, toDays: 54 });
    expect(estimateOf(3, spans(0, 10))).toEqual({ fromDays: 54, toDays: 54 });
    expect(estimateOf(3, spans(0, 0))).toBeNull();
  });

  it('never promises less to whoever stands further behind', () => {
    fc.assert(
      fc.property(position, fc.nat(100), freed, (ahead, more, places) => {
        const [one, other] = [estimateOf(ahead, places), estimateOf(ahead + more, places)];
        if (!one || !other) return expect(one).toBe(other);
        expect(one.fromDays <= one.toDays && one.fromDays <= other.fromDays && one.toDays <= other.toDays).toBe(true);
      }),
    );
  });
});
