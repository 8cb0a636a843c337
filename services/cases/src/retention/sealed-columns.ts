import { sealedPlaces } from '../sealed-places';

/** Columns of one table that erasure makes empty or takes out. */
export interface SealedColumns {
  readonly table: string;
  readonly emptied: readonly string[];
  readonly dropped: readonly string[];
  /** The rows of the persons whose ids are `$1`. */
  readonly where: string;
}

/** Keyed indexes of a person, taken out with what they are of. */
const indexes: Readonly<Record<string, readonly string[]>> = {
  person: ['identifier_index'],
  person_merge: ['moved_identifier'],
};

const erasable = sealedPlaces.filter(({ erased }) => erased);

/**
 * What the register of sealed places says of each table, with the indexes; its test compares it with the tables. The keys alone make it
 * unreadable, but a backup may still have them, so erasure empties the ciphertext as well.
 */
export const sealedColumns: readonly SealedColumns[] = [...Map.groupBy(erasable, ({ table }) => table)].map(
  ([table, places]) => {
    const which = (how: string): string[] => places.filter(({ erased }) => erased === how).map(({ column }) => column);
    const [{ where } = { where: '' }] = places;
    return { table, emptied: which('emptied'), dropped: [...which('dropped'), ...(indexes[table] ?? [])], where };
  },
);

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

export const emptying = ({ table, emptied, dropped, where }: SealedColumns): string =>
  `update ${table} set ${[
    ...emptied.map((column) => `${column} = case when ${column} is not null then ''::bytea end`),
    ...dropped.map((column) => `${column} = null`),
  ].join(', ')} where ${where}`;
