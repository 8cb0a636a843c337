type Query = <Row>(text: string, values?: unknown[]) => Promise<Row[]>;

/** Several questions, each answered by a list of rows, and all from one moment: a single statement sees a single snapshot. */
export async function atOneMoment<Answers extends Record<keyof Answers, readonly unknown[]>>(
  query: Query,
  questions: { readonly [Name in keyof Answers]: string },
  values: unknown[],
): Promise<Answers> {
  const answers = Object.entries<string>(questions).map(
    ([name, question]) => `(select coalesce(jsonb_agg(r), '[]') from (${question}) r) as "${name}"`,
  );
  const [row] = await query<Answers>(`select ${answers.join(', ')}`, values);
  return row as Answers;
}
