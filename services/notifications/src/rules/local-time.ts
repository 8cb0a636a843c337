const warsaw = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Warsaw',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

export interface LocalTime {
  /** Minutes since midnight. */
  readonly minute: number;
  readonly isSunday: boolean;
}

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

// Every message asks for the minute that it is: formatting costs many times as much as looking.
let last: { readonly of: number; readonly time: LocalTime } | undefined;

/** What clocks in Poland show. */
export function localTime(at: Date): LocalTime {
  const of = Math.floor(at.getTime() / 60_000);
  if (last?.of !== of) {
    const parts = Object.fromEntries(warsaw.formatToParts(at).map(({ type, value }) => [type, value]));
    const time = { minute: minuteOf(`${parts['hour']}:${parts['minute']}`), isSunday: parts['weekday'] === 'Sun' };
    last = { of, time };
  }
  return last.time;
}

/** Whether clocks show a time from … to, HH:MM, the end excluded; it may pass midnight. */
export function isWithin({ minute }: LocalTime, from: string, to: string): boolean {
  const [begin, end] = [minuteOf(from), minuteOf(to)];
  return begin <= end ? begin <= minute && minute < end : begin <= minute || minute < end;
}

const day = 24 * 60;

/** The next moment, after `at`, at which clocks in Poland show that time, HH:MM; where they skip it, an hour later. */
export function nextAt(clock: string, at: Date): Date {
  const aim = minuteOf(clock);
  const begin = Math.floor(at.getTime() / 60_000);
  const ahead = (aim - localTime(at).minute + day) % day || day;
  const moment = new Date((begin + ahead) * 60_000);
  // Clocks were moved in between: by an hour at most.
  const missed = ((aim - localTime(moment).minute + day + day / 2) % day) - day / 2;
  const mended = new Date(moment.getTime() + missed * 60_000);
  return localTime(mended).minute === aim && mended > at ? mended : moment;
}
