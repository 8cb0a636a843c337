import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { momentsOf, mostVisits, type Recurrence } from './recurrence';
import { RecurrenceMalformed, TooManyVisits } from './schedule-errors';

const of = (rule: string, from: Day, more: Partial<Recurrence> = {}): Recurrence => ({
  from,
  rule,
  startsAt: '08:30',
  exceptDays: [],
  extra: [],
  ...more,
});
const warsaw = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Warsaw',
  dateStyle: 'short',
  timeStyle: 'short',
});
const local = (moments: readonly Date[]): string[] => moments.map((moment) => warsaw.format(moment));

describe('the moments of visits', () => {
  it('keep to the clocks of Warsaw, whichever time they show', () => {
    const moments = momentsOf(of('FREQ=WEEKLY;BYDAY=SA,MO', '2026-03-26'), '2026-03-26', '2026-03-31');
    expect(moments.map((moment) => moment.toISOString())).toEqual([
      '2026-03-28T07:30:00.000Z',
      '2026-03-30T06:30:00.000Z',
    ]);
  });

  it('leave out a time that the clocks skip, and do not shift for it', () => {
    const nightly = of('FREQ=DAILY', '2026-03-28', { startsAt: '02:30' });
    expect(local(momentsOf(nightly, '2026-03-28', '2026-03-31'))).toEqual([
      '2026-03-28 02:30',
      '2026-03-30 02:30',
      '2026-03-31 02:30',
    ]);
    const fromTheGap = of('FREQ=DAILY', '2026-03-29', { startsAt: '02:30' });
    expect(local(momentsOf(fromTheGap, '2026-03-29', '2026-03-30'))).toEqual(['2026-03-30 02:30']);
  });

  it('are the first of a time that the clocks show twice', () => {
    const nightly = of('FREQ=DAILY', '2026-10-25', { startsAt: '02:30' });
    expect(momentsOf(nightly, '2026-10-25', '2026-10-25').map((moment) => moment.toISOString())).toEqual([
      '2026-10-25T00:30:00.000Z',
    ]);
  });

  it('know intervals, months, several hours, counts and ends', () => {
    const days = (rule: string, to = '2026-06-30') =>
      local(momentsOf(of(rule, '2026-03-03'), '2026-03-03', to)).map((moment) => moment.slice(5));
    expect(days('FREQ=WEEKLY;INTERVAL=2;BYDAY=TH', '2026-04-05')).toEqual([
      '03-05 08:30',
      '03-19 08:30',
      '04-02 08:30',
    ]);
    expect(days('FREQ=MONTHLY;BYDAY=1MO', '2026-05-10')).toEqual(['04-06 08:30', '05-04 08:30']);
    expect(days('FREQ=MONTHLY;BYMONTHDAY=31')).toEqual(['03-31 08:30', '05-31 08:30']);
    expect(days('FREQ=DAILY;BYHOUR=7,19;BYMINUTE=15;COUNT=3')).toEqual(['03-03 07:15', '03-03 19:15', '03-04 07:15']);
    expect(days('FREQ=WEEKLY;BYDAY=TU;UNTIL=20260310T073000Z')).toEqual(['03-03 08:30', '03-10 08:30']);
  });

  it('have exceptions: days without a visit, and visits besides', () => {
    const weekly = of('FREQ=WEEKLY;BYDAY=MO', '2026-03-02', {
      exceptDays: ['2026-03-09'],
      extra: ['2026-03-10T12:00', '2026-02-01T12:00'],
    });
    expect(local(momentsOf(weekly, '2026-01-01', '2026-03-16'))).toEqual([
      '2026-03-02 08:30',
      '2026-03-10 12:00',
      '2026-03-16 08:30',
    ]);
  });

  test.each([
    'FREQ=HOURLY',
    'FREQ=SECONDLY;COUNT=2',
    'BYDAY=MO',
    'FREQ=WEEKLY;BYDAY=XX',
    'FREQ=DAILY;BYHOUR=99',
    'FREQ=DAILY;COUNT=-1',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=WEEKLY;BYMONTHDAY=3',
    'FREQ=WEEKLY;BYDAY=MO;BYDAY=TU',
    'FREQ=WEEKLY;COUNT=2;UNTIL=20260401T000000Z',
    'FREQ=WEEKLY;UNTIL=20269901T000000Z',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31',
    'FREQ=WEEKLY;X-A=B',
    '',
  ])('refuse %p', (rule) => {
    expect(() => momentsOf(of(rule, '2026-03-02'), '2026-03-02', '2026-12-31')).toThrow(RecurrenceMalformed);
  });

  it('refuse a visit besides on a day that is none', () => {
    const odd = of('FREQ=DAILY', '2026-03-02', { extra: ['2026-02-31T10:00'] });
    expect(() => momentsOf(odd, '2026-03-02', '2026-03-03')).toThrow(RecurrenceMalformed);
  });

  it('refuse more than a bound, also when exceptions hide them', () => {
    const dense = 'FREQ=DAILY;BYHOUR=0,4,8,12,16,20;BYMINUTE=0,10,20,30,40,50';
    expect(() => momentsOf(of(dense, '2026-03-02'), '2026-03-02', '2026-04-30')).toThrow(TooManyVisits);
    const hidden = Array.from({ length: 366 }, (_, index) => addDays('2026-03-02', index));
    expect(() => momentsOf(of(dense, '2026-03-02', { exceptDays: hidden }), '2026-03-02', '2027-03-01')).toThrow(
      TooManyVisits,
    );
    expect(momentsOf(of('FREQ=DAILY', '2026-03-02'), '2026-03-02', addDays('2026-03-02', mostVisits - 1))).toHaveLength(
      mostVisits,
    );
  });

  it('agree with a calendar that is leafed through day by day, and a part of the time with the whole', () => {
    const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
    const chosen = fc.subarray([...weekdays], { minLength: 1 });
    const offset = fc.integer({ min: 0, max: 400 });
    const property = fc.property(
      chosen,
      offset,
      offset,
      offset,
      fc.integer({ min: 1, max: 3 }),
      (named, start, skip, length, every) => {
        const from = addDays('2025-12-01', start);
        const to = addDays(from, length);
        const rule = `FREQ=WEEKLY;INTERVAL=${every};BYDAY=${named.join(',')}`;
        const monday = (day: Day): number => Math.floor((Date.parse(day) / 86_400_000 + 3) / 7);
        const expected = Array.from({ length: length + 1 }, (_, index) => addDays(from, index)).filter(
          (day) =>
            named.includes(weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] as (typeof weekdays)[number]) &&
            (monday(day) - monday(from)) % every === 0,
        );
        const whole = momentsOf(of(rule, from), from, to);
        expect(local(whole)).toEqual(expected.map((day) => `${day} 08:30`));
        const later = addDays(from, skip);
        expect(momentsOf(of(rule, from), later, to)).toEqual(whole.filter((moment) => dayOf(moment) >= later));
      },
    );
    fc.assert(property, { numRuns: 150 });
  });
});
