import { dayOf } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';
import { type ApplicantRole, assertApplicant } from './applicant';
import type { ApplicationItem } from './application-item';
import type { ImportedFrom } from '../imports/data-import';
import { assertClauseInForce, assertShown, type ClauseShown } from './statement-clauses';

export type Channel = 'DESK' | 'WEB_FORM' | 'PHONE' | 'POST' | 'EMAIL';

export class FiledInTheFuture extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'filed-in-the-future';
  constructor() {
    super('An application cannot have been filed later than now: terms run from its filing.');
  }
}

export interface Filing {
  readonly personId: string;
  readonly applicantRole: ApplicantRole;
  readonly channel: Channel;
  readonly filedAt: Date;
  readonly clauseVersion: string;
  /** Gmina of the person's residence. */
  readonly terc: string;
  readonly items: readonly ApplicationItem[];
  /** Who applies for the person, once they are known here themselves. */
  readonly applicantPersonId?: string;
  /** Evidence that the applicant was shown the clause. */
  readonly clauseShown?: ClauseShown;
  /** The report of a need that it came of. */
  readonly needReportId?: string;
  /** Ciphertext of what was stated and shown. */
  readonly facts?: Buffer;
  /** Where it was filed, if that was not here. */
  readonly importedFrom?: ImportedFrom;
}

/** Nothing is filed that the law would not have (art. 35, 36). */
export function assertFiling(filing: Filing, now: Date): void {
  if (filing.filedAt > now) throw new FiledInTheFuture();
  assertClauseInForce(filing.clauseVersion, dayOf(filing.filedAt));
  if (filing.clauseShown) assertShown(filing.clauseShown, now);
  assertApplicant(filing);
}
