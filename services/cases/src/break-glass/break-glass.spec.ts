import { addDays, dayOf } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import fc from 'fast-check';
import { isWorkingDay } from '../terms/working-days';
import { BreakGlass, OwnBreakGlass } from './break-glass';

const now = new Date('2026-11-20T14:00:00Z');
const reason = Buffer.from('sealed');
const opening = { unit: 'main', personId: 'p-1', account: 'kipus-adam', accountUnit: 'south', reason };
const opened = (at = now, account = opening.account) => BreakGlass.open('g-1', { ...opening, account }, at);
const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2029-12-31'), noInvalidDate: true });

describe('break-glass', () => {
  it('gives sight for four hours, and three working days to look into it', () => {
    expect(opened().opened().data).toEqual({
      personId: 'p-1',
      account: 'kipus-adam',
      until: '2026-11-20T18:00:00.000Z',
      dueOn: '2026-11-25',
    });
  });

  it('ends on the day or the next, and is looked into on a working day soon after', () => {
    fc.assert(
      fc.property(moment, (at) => {
        const { until, dueOn } = opened(at);
        expect(until.getTime()).toBeGreaterThan(at.getTime());
        expect(dayOf(until) <= addDays(dayOf(at), 1)).toBe(true);
        expect(isWorkingDay(dueOn) && dueOn > dayOf(at) && dueOn <= addDays(dayOf(at), 14)).toBe(true);
      }),
    );
  });

  it('is judged once, by whoever did not open it', () => {
    const accounts = fc.constantFrom('a', 'b', 'c');
    fc.assert(
      fc.property(accounts, fc.array(accounts, { maxLength: 5 }), (by, judges) => {
        const one = opened(now, by);
        const found = judges.filter((judge) => {
          try {
            return one.review('JUSTIFIED', reason, judge, now).data.reviewedBy === judge;
          } catch (error) {
            expect(error).toBeInstanceOf(judge === by ? OwnBreakGlass : NotInState);
            return false;
          }
        });
        expect(found).toEqual(judges.filter((judge) => judge !== by).slice(0, 1));
      }),
    );
  });
});
