import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Account } from '@okienko/local/account';
import { Obstacle } from '@okienko/local/obstacle';
import { postgresBinaries } from '@okienko/local/postgres-binaries';

/** Where deploy/backup finds PostgreSQL's own programs, and the server whose administrator's address this is. */
export function postgresTools(adminUrl: string, lodging: string, account?: Account): Record<string, string> {
  const { hostname, port, username, password } = new URL(adminUrl);
  // Where the server lies lie its tools; on the path there may be no more than links to the server.
  const binaries = dirname(realpathSync(join(postgresBinaries(undefined, lodging, account).folder, 'postgres')));
  if (!existsSync(join(binaries, 'pg_basebackup')))
    throw new Obstacle(`pg_basebackup is not in ${binaries}: install PostgreSQL with its client programs.`);
  return {
    PATH: `${binaries}:/usr/local/bin:/usr/bin:/bin`,
    LC_ALL: 'C',
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: username,
    PGPASSWORD: password,
  };
}
