/** What one file may hold. */
export const importKinds = ['PERSONS', 'HOUSEHOLDS', 'APPLICATIONS', 'HISTORY', 'EXTERNAL_CASES'] as const;
export type ImportKind = (typeof importKinds)[number];

export interface Column {
  readonly name: string;
  /** A file without it is not taken. */
  readonly isRequired?: true;
  /** In the template, of nobody. */
  readonly example: string;
}

interface Format {
  /** Said once of each external id. */
  readonly head: readonly Column[];
  /** Said again on each further line of the same external id. */
  readonly part: readonly Column[];
}

const required = (name: string, example: string): Column => ({ name, isRequired: true, example });
const optional = (name: string, example = ''): Column => ({ name, example });
const externalId = (example: string): Column => required('externalId', example);
const person = required('personExternalId', 'K-1');

export const formats: Readonly<Record<ImportKind, Format>> = {
  PERSONS: {
    head: [
      externalId('K-1'),
      optional('pesel', '44851499990'),
      optional('otherIdentifier'),
      optional('identifierCountry'),
      required('givenName', 'Żaneta'),
      required('familyName', 'Łoś'),
      optional('birthDate'),
      required('terc', '2861011'),
      optional('email'),
      optional('phone', '+48551234567'),
      optional('street'),
      optional('postalCode'),
      optional('city'),
      optional('language', 'pl'),
      optional('form'),
    ],
    part: [],
  },
  HOUSEHOLDS: {
    head: [externalId('GD-1')],
    part: [person, required('relation', 'REFERENCE'), required('from', '2020-03-01')],
  },
  APPLICATIONS: {
    head: [
      externalId('W-1'),
      person,
      required('applicantRole', 'PERSON'),
      required('channel', 'DESK'),
      required('filedAt', '2026-03-02'),
      required('clauseVersion', '2020-01-01'),
    ],
    part: [
      required('offerId', '0197a000-0000-7000-8000-000000000002'),
      optional('quantity'),
      required('state', 'QUALIFIED'),
      optional('noticeNumber', 'KU/17/2026'),
      optional('qualifiedOn', '2026-03-16'),
      optional('grantedUntil', '2027-03-15'),
    ],
  },
  HISTORY: {
    head: [
      externalId('S-1'),
      person,
      required('title', 'Usługi opiekuńcze'),
      required('from', '2019-02-01'),
      required('to', '2021-01-31'),
      required('outcome', 'Zakończone na wniosek'),
      optional('note'),
    ],
    part: [],
  },
  EXTERNAL_CASES: {
    head: [
      externalId('P-1'),
      person,
      required('system', 'POMOST'),
      required('number', 'MOPS.5110.17.2026'),
      required('kindCode', 'ZASILEK_STALY'),
      required('status', 'OPEN'),
      required('from', '2026-01-01'),
      optional('to'),
    ],
    part: [],
  },
};

export const columnsOf = (kind: ImportKind): readonly Column[] => [...formats[kind].head, ...formats[kind].part];

/** Headings and one line, as a spreadsheet of a Polish office opens them. */
export function templateOf(kind: ImportKind): string {
  const columns = columnsOf(kind);
  const line = (cells: readonly string[]): string => `${cells.join(';')}\r\n`;
  return `\uFEFF${line(columns.map(({ name }) => name))}${line(columns.map(({ example }) => example))}`;
}
