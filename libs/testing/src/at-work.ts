import { Client } from 'pg';

/** Somebody at work on these rows, who holds them until it is told to go. Each is a table with a condition on its rows. */
export async function atWork(url: string, rows: readonly string[]): Promise<() => Promise<void>> {
  const client = new Client(url);
  await client.connect();
  await client.query('begin');
  await client.query('set local idle_in_transaction_session_timeout = 0');
  for (const some of rows) {
    const { rowCount } = await client.query(`select from ${some} for update`);
    if (!rowCount) throw new Error(`There is nothing to be at work on in ${some}.`);
  }
  return () => client.end();
}
