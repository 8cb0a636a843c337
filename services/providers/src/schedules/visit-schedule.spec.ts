import { addDays } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { ServiceOrder } from '../service-orders/service-order';
import { PlannedOutsidePeriod, TooManyVisits } from './schedule-errors';
import { type MadePlan, type VisitPlan, VisitSchedule, visitsOf } from './visit-schedule';

const id = '0197a000-0000-7000-8000-000000000009';
const allocationId = '0197a000-0000-7000-8000-000000000008';
const providerId = '0197a000-0000-7000-8000-000000000010';
const at = new Date('2026-02-20T10:00:00Z');

const order = (): ServiceOrder =>
  ServiceOrder.receive(
    id,
    allocationId,
    {
      planId: id,
      providerId,
      offerId: id,
      attempt: 1,
      from: '2026-03-02',
      to: '2026-03-31',
      quantity: 10,
      unit: 'HOUR',
    },
    '2861011',
  );
const daily = (from: string, more: Partial<VisitPlan> = {}): VisitPlan => ({
  from,
  rule: 'FREQ=DAILY',
  startsAt: '08:00',
  exceptDays: [],
  extra: [],
  minutes: 90,
  quantity: 2,
  performerId: null,
  placeId: null,
  ...more,
});

describe('the schedule of an order', () => {
  it('says from when on it was planned, and how many visits that makes', () => {
    const schedule = VisitSchedule.of(order());
    expect(schedule.plan(order(), daily('2026-03-30'), 'kipus-anna', at)).toMatchObject({
      subject: id,
      gmina: '2861011',
      data: { orderId: id, allocationId, providerId, from: '2026-03-30', visits: 2 },
    });
    expect(visitsOf(schedule.plans, '2026-03-01', '2026-04-30')).toEqual([
      {
        day: '2026-03-30',
        startsAt: '2026-03-30T06:00:00.000Z',
        endsAt: '2026-03-30T07:30:00.000Z',
        quantity: 2,
        performerId: null,
        placeId: null,
      },
      expect.objectContaining({ day: '2026-03-31' }),
      ...Array.from({ length: 30 }, (_, index) => expect.objectContaining({ day: addDays('2026-04-01', index) })),
    ]);
    expect(schedule.plans).toEqual([{ ...daily('2026-03-30'), plannedBy: 'kipus-anna', plannedAt: at.toISOString() }]);
  });

  it('keeps to the order, and to a bound', () => {
    const plan = (visits: VisitPlan) => VisitSchedule.of(order()).plan(order(), visits, 'kipus-anna', at);
    expect(() => plan(daily('2026-03-01'))).toThrow(PlannedOutsidePeriod);
    expect(() => plan(daily('2026-04-01'))).toThrow(PlannedOutsidePeriod);
    expect(() =>
      plan(
        daily('2026-03-02', { rule: 'FREQ=DAILY;BYHOUR=8,9;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18' }),
      ),
    ).toThrow(TooManyVisits);
  });

  it('has on each day the visits of the last plan that was made for it, and keeps every plan', () => {
    const starts = fc.array(fc.integer({ min: 0, max: 29 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(starts, (offsets) => {
        const schedule = VisitSchedule.of(order());
        offsets.forEach((offset, index) => {
          const before = schedule.plans;
          schedule.plan(order(), daily(addDays('2026-03-02', offset), { quantity: index + 1 }), 'kipus-anna', at);
          expect(schedule.plans.slice(0, -1)).toEqual(before);
        });
        for (let day = '2026-03-02'; day <= '2026-03-31'; day = addDays(day, 1)) {
          const holding = schedule.plans.findLast((plan: MadePlan) => plan.from <= day);
          expect(visitsOf(schedule.plans, day, day).map(({ quantity }) => quantity)).toEqual(
            holding ? [holding.quantity] : [],
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});
