/** Columns of one table that hold ciphertext or keyed indexes of a person. */
export interface SealedColumns {
  readonly table: string;
  /** Emptied: the row may not be without them, or its state says that something was there. */
  readonly emptied: readonly string[];
  /** Taken out. */
  readonly dropped?: readonly string[];
  /** The rows of the persons whose ids are `$1`. */
  readonly where: string;
}

const ofPerson = 'person_id = any ($1)';
const ofPlan = 'plan_id in (select id from individual_plan where person_id = any ($1))';

/**
 * The register of all that is sealed under the keys of persons; its test compares it with the tables. The keys alone make it unreadable, but a
 * backup may still have them, so erasure empties the ciphertext as well.
 */
export const sealedColumns: readonly SealedColumns[] = [
  {
    table: 'person',
    emptied: ['given_name', 'family_name'],
    dropped: ['identifier', 'identifier_index', 'birth_date'],
    where: 'id = any ($1)',
  },
  { table: 'person_contact', emptied: ['contact'], where: 'id = any ($1)' },
  {
    table: 'person_merge',
    emptied: ['reason', 'reversal_reason'],
    dropped: ['moved_identifier'],
    where: 'survivor_id = any ($1) or duplicate_id = any ($1)',
  },
  { table: 'representation', emptied: [], dropped: ['ruling'], where: ofPerson },
  { table: 'application', emptied: [], dropped: ['facts', 'missing'], where: ofPerson },
  { table: 'decision', emptied: ['reasons'], where: ofPerson },
  { table: 'needs_recognition', emptied: ['sections'], where: ofPerson },
  {
    table: 'individual_plan',
    emptied: ['texts', 'open_update_texts'],
    dropped: ['closing_note', 'description'],
    where: ofPerson,
  },
  { table: 'plan_version', emptied: ['texts'], where: ofPlan },
  { table: 'plan_contact', emptied: [], dropped: ['note'], where: ofPlan },
  { table: 'plan_need', emptied: ['reason'], where: ofPerson },
  { table: 'allocation', emptied: [], dropped: ['words'], where: ofPerson },
  { table: 'fee', emptied: ['words'], where: ofPerson },
  { table: 'issued_document', emptied: ['particulars', 'pdf', 'html'], where: ofPerson },
  { table: 'attached_file', emptied: ['name'], where: ofPerson },
  {
    table: 'project_participation',
    emptied: ['entry_indicators', 'exit_indicators', 'later_indicators'],
    where: ofPerson,
  },
  { table: 'past_matter', emptied: ['words'], where: ofPerson },
  { table: 'external_case', emptied: ['particulars'], where: ofPerson },
  { table: 'break_glass', emptied: ['reason', 'note'], where: ofPerson },
];

/** Ciphertext or digests that are no person's, or that erasure treats otherwise (`erase.ts`). */
export const otherBytes: Readonly<Record<string, string>> = {
  'person_key.wrapped': 'destroyed',
  'person_match.index': 'the rows are removed',
  'external_case.number_index': 'made a number that nobody looks for',
  'imported.digest': 'the rows are removed',
  'import_row.content': 'sealed under the key of its import, and gone with the outcome of the row',
  'payment_line.details': 'sealed under a key of its own, and gone once the payment is assigned or dismissed',
  'access_log.hash': 'of the chain',
  'access_log.previous_hash': 'of the chain',
  'access_log_start.hash': 'of the chain',
  'access_log_head.hash': 'of the chain',
  'access_log_head.previous_hash': 'of the chain',
};

export const emptying = ({ table, emptied, dropped = [], where }: SealedColumns): string =>
  `update ${table} set ${[
    ...emptied.map((column) => `${column} = case when ${column} is not null then ''::bytea end`),
    ...dropped.map((column) => `${column} = null`),
  ].join(', ')} where ${where}`;
