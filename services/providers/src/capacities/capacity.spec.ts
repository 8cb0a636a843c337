import fc from 'fast-check';
import { Capacity, CapacityExhausted, PeriodReversed } from './capacity';

const id = '0197a000-0000-7000-8000-000000000020';
const orderId = '0197a000-0000-7000-8000-000000000009';
const opening = {
  providerId: '0197a000-0000-7000-8000-000000000010',
  offerId: '0197a000-0000-7000-8000-000000000002',
  places: 2,
  from: '2026-01-01',
  to: '2026-12-31',
};
const { providerId, offerId } = opening;

describe('a capacity', () => {
  it('opens with all its places free', () => {
    const { contract, ...fact } = Capacity.open(id, opening, '2861011').opened();
    expect(contract.$id).toBe('providers.capacity.opened.v1');
    expect(fact).toEqual({
      subject: id,
      gmina: '2861011',
      data: { providerId, offerId, places: 2, free: 2, from: '2026-01-01', to: '2026-12-31' },
    });
  });

  it('may last a single day, but cannot end before it begins', () => {
    expect(() => Capacity.open(id, { ...opening, to: '2026-01-01' }, null)).not.toThrow();
    expect(() => Capacity.open(id, { ...opening, to: '2025-12-31' }, null)).toThrow(PeriodReversed);
  });

  it('gives a place to an order and takes it back', () => {
    const capacity = Capacity.open(id, opening, null);
    expect(capacity.reserve(orderId, '2026-05-31').data).toEqual({
      providerId,
      offerId,
      places: 2,
      free: 1,
      orderId,
      until: '2026-05-31',
    });
    expect(capacity.release(orderId).data).toEqual({ providerId, offerId, places: 2, free: 2, orderId });
  });

  it('never gives more places than it has, and never has more free than it has', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.boolean(), { maxLength: 40 }), (places, steps) => {
        const capacity = Capacity.open(id, { ...opening, places }, null);
        let taken = 0;
        for (const reserving of steps) {
          const possible = reserving ? taken < places : taken > 0;
          const step = () => (reserving ? capacity.reserve(orderId, '2026-05-31') : capacity.release(orderId));
          if (!possible) {
            expect(step).toThrow(reserving ? CapacityExhausted : /cannot be released/);
            continue;
          }
          taken += reserving ? 1 : -1;
          expect(step().data.free).toBe(places - taken);
        }
      }),
    );
  });
});
