import { createServer } from 'node:http';
import { Pool } from 'pg';

/** A peer of the services: what Node and a pool of PostgreSQL take by themselves. */
const pool = new Pool({ connectionString: process.env['DATABASE_URL'] });
createServer((_, response) => {
  void pool.query('select 1 as ready').then(({ rows }) => response.end(JSON.stringify(rows[0])));
}).listen(Number(process.env['PORT']), '127.0.0.1');
