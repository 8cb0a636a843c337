import { programmeClosingInformationDueV1 } from '@okienko/contracts/catalogue/programme-closing-information-due.v1';
import { programmeClosingInformationOverdueV1 } from '@okienko/contracts/catalogue/programme-closing-information-overdue.v1';
import { addDays, addMonths, type Day } from '@okienko/contracts/calendar';
import { termsOn } from '../terms/statutory-terms';

/** What has been done about the closing information (art. 6) so far. */
export interface Closing {
  /** When it was told that the term ends soon, and that it has passed. */
  readonly remindedOn?: Day;
  readonly missedOn?: Day;
  readonly publishedOn?: Day;
}

/** The last day for the closing information of a programme that ended on that day. */
export const closingDueOn = (endedOn: Day): Day => addMonths(endedOn, termsOn(endedOn).closingInformationMonths);

/** What a day asks to be told that has not been told yet, in the order of the term; however long nobody looked. */
export function closingNotices(
  endedOn: Day,
  { remindedOn, missedOn }: Closing,
  today: Day,
): (typeof programmeClosingInformationDueV1 | typeof programmeClosingInformationOverdueV1)[] {
  const dueOn = closingDueOn(endedOn);
  const remindFrom = addDays(dueOn, -termsOn(endedOn).closingInformationReminderDays);
  return [
    ...(remindedOn === undefined && remindFrom <= today ? [programmeClosingInformationDueV1] : []),
    ...(missedOn === undefined && dueOn < today ? [programmeClosingInformationOverdueV1] : []),
  ];
}
