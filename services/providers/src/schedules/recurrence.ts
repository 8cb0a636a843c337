import { type Day, dayOf } from '@okienko/contracts/calendar';
import { RRuleTemporal } from 'rrule-temporal';
import { RecurrenceMalformed, TooManyVisits } from './schedule-errors';

/** When visits are to be: a rule of RFC 5545, in the time of Warsaw. */
export interface Recurrence {
  /** The day from which the rule counts. */
  readonly from: Day;
  /** @example "FREQ=WEEKLY;BYDAY=MO,TH" */
  readonly rule: string;
  /** Where the rule names no hour, `HH:MM`. */
  readonly startsAt: string;
  /** Days on which the rule does not hold. */
  readonly exceptDays: readonly Day[];
  /** Visits besides the rule, `YYYY-MM-DDTHH:MM`. */
  readonly extra: readonly string[];
}

/** No plan has more visits than this from its first day to the end of its order. */
export const mostVisits = 1_000;

/** Nor has it so many if those on excepted days are counted as well. */
const mostSeen = 5_000;

const list = (value: string): string => `${value}(,${value})*`;
/** By day, week, month or year; what the library would pass over in silence is no rule. */
const parts: readonly RegExp[] = [
  'FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)',
  'INTERVAL=[1-9]\\d{0,2}',
  'COUNT=[1-9]\\d{0,3}',
  'UNTIL=\\d{8}T\\d{6}Z',
  `BYHOUR=${list('([01]?\\d|2[0-3])')}`,
  `BYMINUTE=${list('[0-5]?\\d')}`,
  `BYDAY=${list('([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)')}`,
  `BYMONTHDAY=${list('-?([1-9]|[12]\\d|3[01])')}`,
  `BYMONTH=${list('([1-9]|1[0-2])')}`,
  `BYSETPOS=${list('-?[1-9]\\d?')}`,
  'WKST=(MO|SU)',
].map((part) => new RegExp(`^${part}$`));

function assertRule(rule: string): void {
  const given = rule.split(';');
  const names = new Set(given.map((part) => part.split('=')[0]));
  if (names.size === given.length && names.has('FREQ') && given.every((part) => parts.some((one) => one.test(part))))
    return;
  throw new RecurrenceMalformed(
    'Give FREQ (DAILY, WEEKLY, MONTHLY or YEARLY), and of INTERVAL, COUNT, UNTIL (in UTC), BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, BYHOUR, BYMINUTE, WKST each once at most.',
  );
}

/**
 * The moments of the visits on these days, both included, in order. A time that the clocks skip is no visit; of one that they show twice, the
 * first is (RFC 5545, 3.3.10 and 3.3.5).
 */
export function momentsOf(recurrence: Recurrence, from: Day, to: Day): Date[] {
  assertRule(recurrence.rule);
  const first = from < recurrence.from ? recurrence.from : from;
  const excepted = new Set(recurrence.exceptDays);
  const moments: Date[] = [];
  let seen = 0;
  try {
    ruleOf(recurrence).all(({ epochMilliseconds }) => {
      const moment = new Date(epochMilliseconds);
      const on = dayOf(moment);
      if (on > to) return false;
      if (on >= first && !excepted.has(on)) moments.push(moment);
      seen += 1;
      return moments.length <= mostVisits && seen < mostSeen;
    });
  } catch (error) {
    throw new RecurrenceMalformed(error instanceof Error ? `${error.message}.` : '');
  }
  if (moments.length > mostVisits || seen === mostSeen) throw new TooManyVisits(mostVisits);
  return moments;
}

/** The rule counts from midnight, which is on every day, to hours that it names itself: so none of them is shifted for good by a clock change. */
function ruleOf({ from, rule, startsAt, extra }: Recurrence): RRuleTemporal {
  const [hour = '0', minute = '0'] = startsAt.split(':').map((part) => String(Number(part)));
  const hours = rule.includes('BYHOUR=') ? '' : `;BYHOUR=${hour}`;
  const minutes = rule.includes('BYMINUTE=') ? '' : `;BYMINUTE=${minute}`;
  const lines = [
    `DTSTART;TZID=Europe/Warsaw:${compact(from)}T000000`,
    `RRULE:${rule}${hours}${minutes};BYSECOND=0`,
    ...extra.map((local) => `RDATE;TZID=Europe/Warsaw:${compact(local)}00`),
  ];
  return new RRuleTemporal({ rruleString: lines.join('\n'), strict: true, maxIterations: 5_000, cache: false });
}

const compact = (local: string): string => local.replaceAll(/[-:]/g, '');
