import { addDays, addMonths, type Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { ProgrammeTerms } from '../programmes/programme-terms';

export class QuantityWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'quantity-wrong';
  constructor() {
    super('No more units are granted than were asked for, and a quantity only where one was asked for.');
  }
}

/** Last day for which a service is granted: as long as the programme says, and never past its end. */
export function grantedUntil(on: Day, validTo: Day, grantedFor: ProgrammeTerms['grantedFor']): Day {
  if (!grantedFor) return validTo;
  const { length, period } = grantedFor;
  const ends = {
    DAY: () => addDays(on, length),
    WEEK: () => addDays(on, length * 7),
    MONTH: () => addMonths(on, length),
    YEAR: () => addMonths(on, length * 12),
  };
  const last = addDays(ends[period](), -1);
  return last < validTo ? last : validTo;
}

/** Units granted: all that were asked for, unless said otherwise. */
export function quantityGranted(asked: number | undefined, granted: number | undefined): number | undefined {
  if (granted !== undefined && granted > (asked ?? 0)) throw new QuantityWrong();
  return granted ?? asked;
}

/** The next number of the unit's register in that year. Whoever asks after it waits for the commit, so none is skipped. */
export async function nextNoticeNumber({ query }: Work, unit: string, on: Day): Promise<string> {
  const year = Number(on.slice(0, 4));
  const [next] = await query<{ last: number }>(
    `insert into notice_register as r (unit, year, last) values ($1, $2, 1)
     on conflict (unit, year) do update set last = r.last + 1 returning last`,
    [unit, year],
  );
  return `KU/${unit}/${next?.last}/${year}`;
}
