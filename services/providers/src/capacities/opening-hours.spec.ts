import { addDays } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { checkSchedule, isOpenOn, opensWithin, type Schedule, timesOn, weekdayOf } from './opening-hours';

const morning = { opens: '08:00', closes: '12:00' };
const afternoon = { opens: '12:00', closes: '24:00' };
const monday = '2026-11-23';
const schedule: Schedule = {
  hours: [
    { weekday: 1, ...morning },
    { weekday: 1, ...afternoon },
    { weekday: 7, ...morning },
  ],
  exceptions: [
    { day: addDays(monday, 7), times: [] },
    { day: addDays(monday, 1), times: [afternoon] },
  ],
};

describe('opening hours', () => {
  it('are those of the weekday, unless the day is an exception', () => {
    expect([weekdayOf(monday), weekdayOf(addDays(monday, 6))]).toEqual([1, 7]);
    expect(timesOn(schedule, monday)).toEqual([morning, afternoon]);
    expect(timesOn(schedule, addDays(monday, 1))).toEqual([afternoon]);
    expect(timesOn(schedule, addDays(monday, 2))).toEqual([]);
    expect(timesOn(schedule, addDays(monday, 6))).toEqual([morning]);
    expect(timesOn(schedule, addDays(monday, 7))).toEqual([]);
  });

  it('are every day where none are told, but for closed days', () => {
    const unsaid = { hours: [], exceptions: [{ day: monday, times: [] }] };
    expect([isOpenOn(unsaid, monday), isOpenOn(unsaid, addDays(monday, 1))]).toEqual([false, true]);
  });

  it('are told all that is wrong with them, where it is', () => {
    expect(() => checkSchedule(schedule)).not.toThrow();
    const wrong: Schedule = {
      hours: [
        { weekday: 1, ...morning },
        { weekday: 1, opens: '11:59', closes: '13:00' },
        { weekday: 2, opens: '12:00', closes: '12:00' },
      ],
      exceptions: [
        { day: monday, times: [morning, morning] },
        { day: monday, times: [] },
      ],
    };
    const pointers = ['/hours/1', '/hours/2', '/exceptions/0/times/1', '/exceptions/1'];
    expect(() => checkSchedule(wrong)).toThrow(
      expect.objectContaining({
        code: 'opening-hours-wrong',
        errors: pointers.map((pointer) => expect.objectContaining({ pointer })),
      }),
    );
  });

  it('of a period are found wherever they are', () => {
    const weekday = fc.integer({ min: 1, max: 7 }).map((day) => ({ weekday: day, ...morning }));
    const exception = fc.record({
      day: fc.nat(40).map((days) => addDays(monday, days)),
      times: fc.constantFrom([], [morning]),
    });
    fc.assert(
      fc.property(
        fc.record({
          hours: fc.array(weekday, { maxLength: 2 }),
          exceptions: fc.uniqueArray(exception, { selector: ({ day }) => day, maxLength: 30 }),
        }),
        fc.nat(40),
        fc.nat(60),
        (given, begin, length) => {
          const days = Array.from({ length: length + 1 }, (_, at) => addDays(monday, begin + at));
          const [from, to] = [days[0] as string, days.at(-1) as string];
          expect(opensWithin(given, from, to)).toBe(days.some((day) => isOpenOn(given, day)));
        },
      ),
    );
  });
});
