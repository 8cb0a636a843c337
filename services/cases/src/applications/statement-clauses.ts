import type { Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';

/** The clause of the applicant's statement, worded by the Act itself (art. 36(2)). */
export interface StatementClause {
  readonly version: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly text: string;
}

export const statementClauses: readonly StatementClause[] = [
  {
    version: '2020-01-01',
    validFrom: '2020-01-01',
    validTo: null,
    text: 'Jestem świadomy odpowiedzialności karnej za złożenie fałszywego oświadczenia.',
  },
];

export const showings = ['SIGNATURE', 'ELECTRONIC', 'ORAL_NOTE'] as const;

/** That the applicant was shown the clause before making the statement: when, and what shows it. */
export interface ClauseShown {
  /** Moment, RFC 3339. */
  readonly shownAt: string;
  readonly manner: (typeof showings)[number];
}

export class ClauseShownInTheFuture extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'clause-shown-in-the-future';
  override readonly basis = 'art. 36(2)';
  constructor() {
    super('The applicant is shown the clause before the application is recorded, not later than now.');
  }
}

export class ClauseNotInForce extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'clause-not-in-force';
  override readonly basis = 'art. 36(2)';
  constructor() {
    super(
      'That is not the clause in force on the day of filing. Show the applicant the one from GET /statement-clauses.',
    );
  }
}

export function assertClauseInForce(version: string, day: Day): void {
  const clause = statementClauses.find((known) => known.version === version);
  const inForce = clause && clause.validFrom <= day && (clause.validTo === null || day <= clause.validTo);
  if (!inForce) throw new ClauseNotInForce();
}

export function assertShown({ shownAt }: ClauseShown, now: Date): void {
  if (new Date(shownAt) > now) throw new ClauseShownInTheFuture();
}
