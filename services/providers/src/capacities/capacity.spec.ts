import { NotInState } from '@okienko/contracts/domain-error';
import fc from 'fast-check';
import { Capacity, type CapacityTerms } from './capacity';
import {
  CapacityExhausted,
  CapacityInUse,
  HeadsExhausted,
  NoCapacityOpen,
  NotOpenThen,
  PeriodReversed,
} from './capacity-errors';

const id = '0197a000-0000-7000-8000-000000000020';
const orderId = '0197a000-0000-7000-8000-000000000009';
const placeId = '0197a000-0000-7000-8000-000000000030';
const opening = {
  providerId: '0197a000-0000-7000-8000-000000000010',
  offerId: '0197a000-0000-7000-8000-000000000002',
  places: 2,
  from: '2026-01-01',
  to: '2026-12-31',
};
const { providerId, offerId, ...terms } = opening;
const may = { from: '2026-05-01', to: '2026-05-31' };
const nothing = { then: 0, ever: 0, heads: 1 };
const unused = { ever: 0, heads: 0, first: null, last: null };
const open = (more: Partial<CapacityTerms> = {}): Capacity => Capacity.open(id, { ...opening, ...more }, '2861011');

describe('a capacity', () => {
  it('opens with all its places free, and says where it is when it is somewhere', () => {
    const { contract, ...fact } = open().opened();
    expect(contract.$id).toBe('providers.capacity.opened.v1');
    const data = { providerId, offerId, places: 2, free: 2, from: '2026-01-01', to: '2026-12-31' };
    expect(fact).toEqual({ subject: id, gmina: '2861011', data });
    const coordinates = { latitude: 54.15, longitude: 19.4 };
    expect(open({ placeId, coordinates }).opened().data).toEqual({ ...data, placeId, ...coordinates });
  });

  it('may last a single day, but cannot end before it begins', () => {
    expect(() => open({ to: '2026-01-01' })).not.toThrow();
    expect(() => open({ to: '2025-12-31' })).toThrow(PeriodReversed);
  });

  it('gives a place to an order and takes it back', () => {
    const capacity = open();
    capacity.take(may, nothing);
    const count = { providerId, offerId, places: 2 };
    expect(capacity.reserved(orderId, may.to).data).toEqual({ ...count, free: 1, orderId, until: may.to });
    capacity.recount(0);
    expect(capacity.released(orderId).data).toEqual({ ...count, free: 2, orderId });
  });

  it('has as many free as nobody has on any day, while other days may be taken', () => {
    const capacity = open();
    capacity.take(may, { then: 1, ever: 1, heads: 2 });
    expect(capacity.recounted().data).toEqual({ providerId, offerId, places: 2, free: 0 });
    expect(() => capacity.take(may, { then: 2, ever: 2, heads: 3 })).toThrow(CapacityExhausted);
    capacity.take({ from: '2026-06-01', to: '2026-06-30' }, { then: 0, ever: 2, heads: 3 });
    expect(capacity.free).toBe(0);
  });

  it('counts persons beside places', () => {
    const capacity = open({ heads: 3 });
    expect(() => capacity.take(may, { ...nothing, heads: 3 })).not.toThrow();
    expect(() => capacity.take(may, { ...nothing, heads: 4 })).toThrow(HeadsExhausted);
    expect(() => open().take(may, { ...nothing, heads: 4_000 })).not.toThrow();
  });

  it('gives places within its period only, and for days on which it is open', () => {
    expect(() => open().take({ from: '2025-12-31', to: may.to }, nothing)).toThrow(NoCapacityOpen);
    expect(() => open().take({ from: may.from, to: '2027-01-01' }, nothing)).toThrow(NoCapacityOpen);
    const mondays = open({ hours: [{ weekday: 1, opens: '08:00', closes: '12:00' }] });
    expect(() => mondays.take({ from: '2026-05-05', to: '2026-05-10' }, nothing)).toThrow(NotOpenThen);
    expect(() => mondays.take({ from: '2026-05-05', to: '2026-05-11' }, nothing)).not.toThrow();
  });

  it('changes, but not below what is taken', () => {
    const capacity = open({ placeId, heads: 5 });
    const use = { ever: 2, heads: 3, first: '2026-02-01', last: '2026-08-31' };
    const { contract, data } = capacity.change({ ...terms, places: 4, from: '2026-02-01', to: '2026-08-31' }, use);
    expect(contract.$id).toBe('providers.capacity.changed.v1');
    expect(data).toEqual({ providerId, offerId, places: 4, free: 2, from: '2026-02-01', to: '2026-08-31' });
    expect([capacity.heads, capacity.placeId]).toEqual([null, null]);
    for (const less of [{ places: 1 }, { heads: 2 }, { from: '2026-02-02' }, { to: '2026-08-30' }])
      expect(() => open().change({ ...terms, ...less }, use)).toThrow(CapacityInUse);
    expect(() => open().change({ ...terms, to: '2025-12-31' }, unused)).toThrow(PeriodReversed);
  });

  it('closes once, with nothing left to offer', () => {
    const capacity = open();
    const { contract, data } = capacity.close('2026-05-10', 'NO_STAFF');
    expect(contract.$id).toBe('providers.capacity.closed.v1');
    const closed = { providerId, offerId, places: 0, free: 0 };
    expect(data).toEqual({ ...closed, closedOn: '2026-05-10', reasonCode: 'NO_STAFF' });
    capacity.recount(1);
    expect(capacity.released(orderId).data).toEqual({ ...closed, orderId });
    for (const act of [
      () => capacity.take(may, nothing),
      () => capacity.change(terms, unused),
      () => capacity.close('2026-05-11', 'OTHER'),
    ])
      expect(act).toThrow(NotInState);
  });

  it('never gives more places than it has on any day, and never tells that more are free', () => {
    const stretch = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).map(([one, other]) => ({
      from: `2026-03-0${Math.min(one, other)}`,
      to: `2026-03-0${Math.max(one, other)}`,
    }));
    const days = Array.from({ length: 9 }, (_, at) => `2026-03-0${at + 1}`);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(stretch, { maxLength: 20 }), (places, asked) => {
        const capacity = open({ places });
        const given: (typeof may)[] = [];
        const on = (day: string): number => given.filter(({ from, to }) => from <= day && day <= to).length;
        const most = (of: string[]): number => Math.max(0, ...of.map(on));
        for (const one of asked) {
          const then = most(days.filter((day) => one.from <= day && day <= one.to));
          const take = () => capacity.take(one, { then, ever: most(days), heads: 1 });
          if (then === places) {
            expect(take).toThrow(CapacityExhausted);
            continue;
          }
          take();
          given.push(one);
          expect(capacity.free).toBe(places - most(days));
        }
        expect(most(days)).toBeLessThanOrEqual(places);
      }),
    );
  });
});
