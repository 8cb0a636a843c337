import type { Day } from '@okienko/contracts/calendar';
import type { Conditions } from './conditions';
import type { Funding } from './funding';
import type { NewPrice } from './prices';
import type { SelectionMode } from './selection';

export interface Planning {
  readonly providerId: string;
  readonly selectionMode: SelectionMode;
  /** What it is about, in Polish. */
  readonly subject: string;
  readonly from: Day;
  readonly to: Day;
  readonly ceilingGrosze?: number;
}

/** What is laid down when an agreement is signed. */
export interface Signing {
  readonly number: string;
  readonly signedOn: Day;
  readonly prices?: readonly NewPrice[];
  /** As planned, unless it is another one. */
  readonly ceilingGrosze?: number;
  readonly conditions?: Conditions;
  readonly answerDays?: number;
  readonly noShowPermille?: number;
  readonly funding?: readonly Funding[];
  /** Days on which the provider reports while the agreement runs. */
  readonly reportDates?: readonly Day[];
}

/** What a provider has to report. The one that follows the end of a public task is FINAL. */
export interface Report {
  readonly kind: 'INTERIM' | 'FINAL';
  readonly dueOn: Day;
  readonly receivedOn: Day | null;
}
