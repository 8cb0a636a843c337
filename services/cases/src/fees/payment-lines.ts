import { isRf } from '@okienko/identifiers/rf';
import type { Work } from '@okienko/messaging/unit-of-work';
import { referencesIn, type StatementLine } from './bank-statement';
import type { PaymentResult } from './fee';

export type LineResult = PaymentResult | 'UNMATCHED' | 'DISMISSED';

/** A payment as it is kept, so that it counts once however often its line comes. */
export interface PaymentLine {
  readonly id: string;
  readonly source: 'STATEMENT' | 'HAND';
  readonly bookedOn: string;
  readonly grosze: number;
  readonly bankReference: string;
  readonly feeId: string | null;
  readonly result: LineResult;
  /** Ciphertext of who paid and what they wrote, only while it is not known which fee is meant. */
  readonly details: Buffer | null;
}

type Counted = Pick<StatementLine, 'bookedOn' | 'grosze' | 'bankReference'>;

export const keyOf = ({ bankReference, bookedOn, grosze }: Counted): string =>
  JSON.stringify([bankReference, bookedOn, grosze]);

/** Payments are recorded by one at a time, so that what has been counted is known until the commit. */
export async function takeTurn({ query }: Work): Promise<void> {
  await query("select pg_advisory_xact_lock(hashtextextended('payments', 0))");
}

/** Keys of those lines that have been counted before. */
export async function countedBefore({ query }: Work, lines: readonly Counted[]): Promise<Set<string>> {
  const rows = await query<Counted>(
    `select booked_on as "bookedOn", grosze, bank_reference as "bankReference"
     from payment_line join unnest($1::text[], $2::date[], $3::int[]) asked (bank_reference, booked_on, grosze)
       using (bank_reference, booked_on, grosze)`,
    [
      lines.map(({ bankReference }) => bankReference),
      lines.map(({ bookedOn }) => bookedOn),
      lines.map(({ grosze }) => grosze),
    ],
  );
  return new Set(rows.map(keyOf));
}

/** Which fee each line is for: by the one reference in its title, or by an account that is the fee’s alone. */
export async function feesFor({ query }: Work, lines: readonly StatementLine[]): Promise<Map<StatementLine, string>> {
  const asked = lines.map((line) => ({ line, references: [...new Set(referencesIn(line.title).filter(isRf))] }));
  const rows = await query<{ id: string; reference: string; virtualAccount: string | null }>(
    `select id, reference, case when is_virtual then account end as "virtualAccount" from fee
     where reference = any ($1::text[]) or (is_virtual and account = any ($2::text[]))`,
    [asked.flatMap(({ references }) => references), lines.flatMap(({ account }) => account ?? [])],
  );
  const byReference = new Map(rows.map(({ id, reference }) => [reference, id]));
  const byAccount = new Map(rows.map(({ id, virtualAccount }) => [virtualAccount, id]));
  return new Map(
    asked.flatMap(({ line, references }): [StatementLine, string][] => {
      const meant = new Set(references.flatMap((reference) => byReference.get(reference) ?? []));
      const [one] = meant.size === 1 ? meant : [];
      const id = one ?? (meant.size === 0 && line.account ? byAccount.get(line.account) : undefined);
      return id === undefined ? [] : [[line, id]];
    }),
  );
}

export function keepLines({ send }: Work, lines: readonly PaymentLine[], recordedBy: string): void {
  const column = (name: keyof PaymentLine): unknown[] => lines.map((line) => line[name]);
  send(
    `insert into payment_line (id, source, booked_on, grosze, bank_reference, fee_id, result, details, recorded_by)
     select *, $9::text from unnest($1::uuid[], $2::text[], $3::date[], $4::int[], $5::text[], $6::uuid[], $7::text[], $8::bytea[])`,
    [
      ...(['id', 'source', 'bookedOn', 'grosze', 'bankReference', 'feeId', 'result', 'details'] as const).map(column),
      recordedBy,
    ],
  );
}
