import type { KeyRing } from '@okienko/privacy/key-ring';
import { PersonKeys } from '@okienko/privacy/person-keys';
import type { Sql } from '@okienko/privacy/sql';
import type { DataSource, EntityManager } from 'typeorm';
import { SealedRow } from '../access/sealed-row';
import type { Particulars } from '../external-cases/external-case';
import { numberIndexOf } from '../external-cases/external-cases.commands';
import { type GivenIdentifier, identifierOf } from './identifier';
import { indexIdentifier, indexNames } from './person-matches';
import { Seals } from './seals';

interface Unindexed {
  readonly id: string;
  readonly givenName: Buffer;
  readonly familyName: Buffer;
  readonly birthDate: Buffer | null;
  readonly identifier: Buffer | null;
  readonly index: Buffer | null;
}

/** As many in one transaction. */
const most = 100;
const first = '00000000-0000-0000-0000-000000000000';

/**
 * Enters everybody under the current version of the index key, beside the versions that are still known, and removes what versions
 * entered that are known no more. The digests of imported rows stay as they are: nobody has kept what they are digests of.
 */
export async function reindex(database: DataSource, ring: KeyRing, say: (progress: string) => void): Promise<object> {
  const keys = new PersonKeys(ring);
  const seals = Seals.ofIndex(ring);
  const versions = ring.blindIndexKeys.map(({ version }) => version);
  const persons = await pages(database, (sql, after) => indexPersons(sql, ring, keys, seals, after));
  say(`${persons} people indexed anew`);
  const externalCases = await pages(database, (sql, after) => indexExternalCases(sql, ring, keys, after));
  const [{ removed }] = await database.query<[{ removed: number }]>(
    `with gone as (delete from person_match where key_version < $1 returning 1) select count(*)::int as removed from gone`,
    [Math.min(...versions)],
  );
  return { version: Math.max(...versions), persons, externalCases, removed };
}

interface Page {
  readonly done: number;
  readonly last: string | undefined;
}

async function pages(database: DataSource, act: (sql: EntityManager, after: string) => Promise<Page>): Promise<number> {
  let done = 0;
  for (let after: string | undefined = first; after !== undefined;) {
    const from: string = after;
    const page: Page = await database.transaction((sql) => act(sql, from));
    done += page.done;
    after = page.last;
  }
  return done;
}

/** Locked, so that nobody's name or identifier is corrected meanwhile; a correction enters them itself. */
async function indexPersons(sql: Sql, ring: KeyRing, keys: PersonKeys, seals: Seals, after: string): Promise<Page> {
  const found = await sql.query<Unindexed>(
    `select p.id, given_name as "givenName", family_name as "familyName", birth_date as "birthDate", identifier,
       identifier_index as index
     from person p join person_key k on k.person_id = p.id
     where p.id > $1 and k.wrapped is not null and (birth_date is not null or identifier is not null)
       and not exists (select from person_match m where m.person_id = p.id and m.key_version = $2
         and (identifier is null or m.kind = 'IDENTIFIER'))
     order by p.id limit ${most} for update of p`,
    [after, ring.blindIndexKeys[0]?.version],
  );
  for (const person of found) await indexPerson(sql, await keys.keyOf(sql, person.id), seals, person);
  return { done: found.length, last: found.at(-1)?.id };
}

async function indexPerson(sql: Sql, key: Buffer, seals: Seals, { id, index, ...sealed }: Unindexed): Promise<void> {
  const row = new SealedRow(key, 'person', id);
  const sent: Promise<unknown>[] = [];
  const work = { send: (text: string, values: unknown[]) => void sent.push(sql.query(text, values)) };
  work.send('delete from person_match where person_id = $1', [id]);
  indexNames(work, seals, id, {
    givenName: row.open('given_name', sealed.givenName),
    familyName: row.open('family_name', sealed.familyName),
    birthDate: row.openIfGiven('birth_date', sealed.birthDate) ?? undefined,
  });
  if (sealed.identifier) {
    const identifier = identifierOf(row.openJson<GivenIdentifier>('identifier', sealed.identifier));
    const current = seals.indexOf(identifier);
    indexIdentifier(work, seals, id, identifier);
    work.send('update person set identifier_index = $2 where id = $1', [id, current]);
    // A merge that is reversed knows by it whose identifier had been moved.
    work.send('update person_merge set moved_identifier = $2 where moved_identifier = $1', [index, current]);
  }
  await Promise.all(sent);
}

async function indexExternalCases(sql: Sql, ring: KeyRing, keys: PersonKeys, after: string): Promise<Page> {
  const found = await sql.query<{ id: string; personId: string; particulars: Buffer; index: Buffer }>(
    `select e.id, e.person_id as "personId", particulars, number_index as index
     from external_case e join person_key k on k.person_id = e.person_id
     where e.id > $1 and k.wrapped is not null order by e.id limit ${most} for update of e`,
    [after],
  );
  let done = 0;
  for (const { id, personId, particulars, index } of found) {
    const row = new SealedRow(await keys.keyOf(sql, personId), 'external_case', id);
    const current = numberIndexOf(ring.blindIndexKey, row.openJson<Particulars>('particulars', particulars).number);
    if (current.equals(index)) continue;
    await sql.query('update external_case set number_index = $2 where id = $1', [id, current]);
    done += 1;
  }
  return { done, last: found.at(-1)?.id };
}
