import { addDays, type Day } from '@okienko/contracts/calendar';
import type { Fault } from '@okienko/contracts/domain-error';
import { OpeningHoursWrong } from './capacity-errors';

/** Times of a day, as `08:00`; a day ends at `24:00`. */
export interface Times {
  readonly opens: string;
  readonly closes: string;
}

export interface WeeklyTimes extends Times {
  /** 1 is Monday, 7 Sunday. */
  readonly weekday: number;
}

/** A day unlike others of its weekday: open at these times, or closed when there are none. */
export interface DayException {
  readonly day: Day;
  readonly times: readonly Times[];
}

export interface Schedule {
  /** None: open on every day. */
  readonly hours: readonly WeeklyTimes[];
  readonly exceptions: readonly DayException[];
}

const always: readonly Times[] = [{ opens: '00:00', closes: '24:00' }];

export const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/** When it is open on that day. */
export function timesOn({ hours, exceptions }: Schedule, day: Day): readonly Times[] {
  const exception = exceptions.find((one) => one.day === day);
  if (exception) return exception.times;
  if (hours.length === 0) return always;
  const weekday = weekdayOf(day);
  return hours.filter((one) => one.weekday === weekday).map(({ opens, closes }) => ({ opens, closes }));
}

export const isOpenOn = (schedule: Schedule, day: Day): boolean => timesOn(schedule, day).length > 0;

/** Is there a day on which it is open? A week beyond the last exception nothing new comes. */
export function opensWithin(schedule: Schedule, from: Day, to: Day): boolean {
  const last = schedule.exceptions.reduce((latest, { day }) => (day > latest ? day : latest), from);
  for (let day = from; day <= to && day <= addDays(last, 7); day = addDays(day, 1))
    if (isOpenOn(schedule, day)) return true;
  return false;
}

export function checkSchedule({ hours, exceptions }: Schedule): void {
  const faults = [
    ...hours.flatMap((one, at) => {
      const others = hours.slice(0, at).filter(({ weekday }) => weekday === one.weekday);
      return faultOf(one, others, `/hours/${at}`);
    }),
    ...exceptions.flatMap(({ day, times }, at) => [
      ...times.flatMap((one, which) => faultOf(one, times.slice(0, which), `/exceptions/${at}/times/${which}`)),
      ...(exceptions.slice(0, at).some((other) => other.day === day)
        ? [{ pointer: `/exceptions/${at}`, detail: `${day} has an exception already` }]
        : []),
    ]),
  ];
  if (faults.length > 0) throw new OpeningHoursWrong(faults);
}

function faultOf({ opens, closes }: Times, others: readonly Times[], pointer: string): Fault[] {
  if (opens >= closes) return [{ pointer, detail: 'it closes before it opens' }];
  const overlaps = others.some((other) => other.opens < closes && opens < other.closes);
  return overlaps ? [{ pointer, detail: 'it overlaps other times of this day' }] : [];
}
