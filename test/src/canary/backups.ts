import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Client } from 'pg';

/** A database of one service, as an administrator and in the schema of that service. */
export class Vault {
  private constructor(
    private readonly client: Client,
    readonly url: string,
  ) {}

  static async open(adminUrl: string, database: string, schema: string): Promise<Vault> {
    const url = databaseAt(adminUrl, database);
    const client = new Client({ connectionString: url, options: `-c search_path=${schema}` });
    await client.connect();
    return new Vault(client, url);
  }

  async query<T>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await this.client.query(text, values)).rows as T[];
  }

  close(): Promise<void> {
    return this.client.end();
  }
}

const databaseAt = (adminUrl: string, database: string): string => {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
};

/** As an office would: `pg_dump`. Undefined where there is none that understands the server. */
export async function dumped(url: string): Promise<Buffer | undefined> {
  const { code, output } = await said('pg_dump', ['--dbname', url]);
  return code === 0 ? output : undefined;
}

/** Puts a dump into a new database, and answers its address. */
export async function restored(adminUrl: string, name: string, dump: Buffer): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`create database "${name}" template template0`);
  await client.end();
  const { code } = await said(
    'psql',
    ['--quiet', '--set', 'ON_ERROR_STOP=1', '--dbname', databaseAt(adminUrl, name)],
    dump,
  );
  if (code !== 0) throw new Error(`the dump was not restored: psql ended with ${code}`);
}

export async function dropped(adminUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`drop database if exists "${name}" with (force)`);
  await client.end();
}

async function said(program: string, args: string[], input?: Buffer): Promise<{ code: number; output: Buffer }> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stdout.resume();
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  // No such program, or one that ends with another code.
  const code = await once(child, 'close').then(
    ([ended]) => Number(ended),
    () => -1,
  );
  return { code, output: Buffer.concat(output) };
}
