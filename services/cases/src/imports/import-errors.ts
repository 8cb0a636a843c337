import { DomainError, type Fault } from '@okienko/contracts/domain-error';

/** Nothing of the file was kept. */
export class ImportUnreadable extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'import-unreadable';
  constructor(why: string) {
    super(`The file cannot be read: ${why} Nothing of it was kept.`);
  }
}

export class ImportColumnsWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'import-columns-wrong';
  constructor(override readonly errors: readonly Fault[]) {
    super('The columns are not those of GET /imports/templates/{kind}. Nothing of the file was kept.');
  }
}

/** What a row itself may be refused for; what the acts of the desk refuse has the code of their problem. */
export const rowCodes = [
  'external-id-wrong',
  'external-id-repeated',
  'lines-disagree',
  'field-wrong',
  'changed-since',
  'person-not-imported',
  'grant-over',
  'period-reversed',
  'not-stored',
] as const;
export type RowCode = (typeof rowCodes)[number];

/** Of one row; the others are not concerned. */
export class RowRefused extends Error {
  constructor(
    readonly code: RowCode,
    /** The column that it is about, where there is one. */
    readonly field: string | null = null,
  ) {
    super(code);
  }
}

/** The column that a rule of the desk speaks of, where it is always the same. */
export const fieldOf: Readonly<Record<string, string>> = {
  'pesel-invalid': 'pesel',
  'birth-date-wrong': 'birthDate',
  'offer-not-open': 'offerId',
  'filed-in-the-future': 'filedAt',
  'clause-not-in-force': 'clauseVersion',
  'in-another-household': 'personExternalId',
  'one-reference': 'relation',
};
