import { DeliveredInFuture } from '../service-orders/delivery-rules';
import { AbsenceCauseMismatch, DeliveredTimesWrong } from './delivery-errors';
import { type Busy, busyOf, countedOf, isSame, overlap, type Told, visitOf } from './visit';

const now = new Date('2026-03-10T12:00:00Z');
const performerId = '0197a000-0000-7000-8000-000000000011';
const told = (more: Partial<Told> = {}): Told => ({
  deliveredOn: '2026-03-10',
  quantity: 2,
  startedAt: '2026-03-10T08:00:00+01:00',
  endedAt: '2026-03-10T10:00:00+01:00',
  performerId,
  ...more,
});

describe('a visit', () => {
  it('may say no more than its day and how much', () => {
    expect(visitOf({ deliveredOn: '2026-03-10', quantity: 2 }, now)).toEqual({
      deliveredOn: '2026-03-10',
      quantity: 2,
      startedAt: null,
      endedAt: null,
      performerId: null,
      placeId: null,
      outcome: 'DELIVERED',
      absenceCause: null,
    });
  });

  it('starts on its day in Warsaw, and ends later, within a day', () => {
    const late = { deliveredOn: '2026-03-10', startedAt: '2026-03-09T23:30:00Z', endedAt: '2026-03-10T06:00:00Z' };
    expect(visitOf(told(late), now).startedAt).toEqual(new Date('2026-03-09T23:30:00Z'));
    const wrong: Partial<Told>[] = [
      { startedAt: undefined },
      { endedAt: undefined },
      { deliveredOn: '2026-03-09' },
      { endedAt: '2026-03-10T08:00:00+01:00' },
      { endedAt: '2026-03-10T07:00:00+01:00' },
      { deliveredOn: '2026-03-08', startedAt: '2026-03-08T08:00:00+01:00', endedAt: '2026-03-09T08:00:01+01:00' },
    ];
    for (const more of wrong) expect(() => visitOf(told(more), now)).toThrow(DeliveredTimesWrong);
    expect(() => visitOf(told({ endedAt: '2026-03-10T14:00:00+01:00' }), now)).toThrow(DeliveredInFuture);
  });

  it('has a cause exactly when nothing was delivered', () => {
    expect(() => visitOf(told({ outcome: 'CLIENT_ABSENT' }), now)).toThrow(AbsenceCauseMismatch);
    expect(() => visitOf(told({ absenceCause: 'NOT_AT_HOME' }), now)).toThrow(AbsenceCauseMismatch);
    expect(visitOf(told({ outcome: 'CANCELLED', absenceCause: 'WEATHER' }), now).absenceCause).toBe('WEATHER');
  });

  it('counts and occupies its performer if somebody came', () => {
    const of = (outcome: Told['outcome']) => {
      const visit = visitOf(told({ outcome, ...(outcome === 'DELIVERED' ? {} : { absenceCause: 'OTHER' }) }), now);
      return [countedOf(visit), busyOf(visit)?.performerId];
    };
    expect(of('DELIVERED')).toEqual([2, performerId]);
    expect(of('CLIENT_ABSENT')).toEqual([2, performerId]);
    expect(of('PROVIDER_ABSENT')).toEqual([0, undefined]);
    expect(of('CANCELLED')).toEqual([0, undefined]);
    expect(busyOf(visitOf(told({ startedAt: undefined, endedAt: undefined }), now))).toBeUndefined();
  });

  it('is the same when all that it says is', () => {
    const one = visitOf(told(), now);
    expect(isSame(one, visitOf(told({ startedAt: '2026-03-10T07:00:00Z' }), now))).toBe(true);
    const others: Partial<Told>[] = [
      { quantity: 3 },
      { startedAt: '2026-03-10T08:01:00+01:00' },
      { endedAt: '2026-03-10T10:01:00+01:00' },
      { startedAt: undefined, endedAt: undefined },
      { performerId: undefined },
      { placeId: performerId },
      { outcome: 'CLIENT_ABSENT', absenceCause: 'NOT_AT_HOME' },
    ];
    for (const more of others) expect(isSame(one, visitOf(told(more), now))).toBe(false);
  });
});

it('stretches of one performer overlap unless one is over when the other begins', () => {
  const from8to10: Busy = {
    performerId,
    startedAt: new Date('2026-03-10T08:00Z'),
    endedAt: new Date('2026-03-10T10:00Z'),
  };
  const at = (start: string, end: string, who = performerId): Busy => ({
    performerId: who,
    startedAt: new Date(`2026-03-10T${start}Z`),
    endedAt: new Date(`2026-03-10T${end}Z`),
  });
  expect(overlap(from8to10, at('10:00', '11:00'))).toBe(false);
  expect(overlap(from8to10, at('07:00', '08:00'))).toBe(false);
  expect(overlap(from8to10, at('09:59', '11:00'))).toBe(true);
  expect(overlap(from8to10, at('07:00', '12:00'))).toBe(true);
  expect(overlap(from8to10, at('08:30', '09:00', 'another'))).toBe(false);
});
