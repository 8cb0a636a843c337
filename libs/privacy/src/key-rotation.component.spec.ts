import { randomBytes, randomUUID } from 'node:crypto';
import { KeyRing } from './key-ring';
import { keyRotationTable, rotatePersonKeys } from './key-rotation';
import { PersonErased, PersonKeys, personKeyTable } from './person-keys';
import { scratchSchema, testDatabase, type ScratchSchema } from './scratch-schema';
import { decryptField, encryptField } from './sealed-column';
import { sealedIn } from './sealed-places';
import { Unreadable } from './sealing-anew';

const ring = new KeyRing({ masterKeys: { 1: randomBytes(32) }, current: 1 });
const keys = new PersonKeys(ring);
const places = sealedIn('note', ['words']);
const quiet = { places, graceMs: 0, say: () => undefined };

(testDatabase ? describe : describe.skip)('rotating the keys of people (needs TEST_DATABASE_URL)', () => {
  let schema: ScratchSchema;
  beforeEach(async () => {
    schema = await scratchSchema(
      (name) => `${personKeyTable(name)}; ${keyRotationTable(name)};
      create table ${name}.note (id uuid primary key, person_id uuid not null, words bytea)`,
    );
  });
  afterEach(() => schema.drop());

  const write = async (person: string, id: string = randomUUID(), words = 'poufne'): Promise<string> => {
    const { database } = schema;
    const sealed = encryptField(await keys.keyOf(database, person), words, placeOf(id));
    const upsert = 'insert into note values ($1, $2, $3) on conflict (id) do update set words = excluded.words';
    await database.query(upsert, [id, person, sealed]);
    return id;
  };
  const placeOf = (rowId: string) => ({ table: 'note', column: 'words', rowId });
  const read = async (id: string): Promise<string> => {
    const [row] = await schema.database.query<{ person_id: string; words: Buffer }[]>(
      'select person_id, words from note where id = $1',
      [id],
    );
    if (!row) throw new Error('no such note');
    return decryptField(await keys.keyOf(schema.database, row.person_id), row.words, placeOf(id));
  };
  const people = async (count: number): Promise<string[]> => {
    const ids = Array.from({ length: count }, () => randomUUID());
    for (const id of ids) await keys.create(schema.database, id);
    return ids;
  };

  it('everything is read as before, and the old key opens nothing', async () => {
    const { database } = schema;
    const [person = '', erased = ''] = await people(2);
    const old = await keys.keyOf(database, person);
    const id = await write(person);
    await keys.destroy(database, erased);

    await expect(rotatePersonKeys(database, ring, quiet)).resolves.toEqual({ persons: 1, values: 1, objects: 0 });

    await expect(read(id)).resolves.toBe('poufne');
    const [{ words }] = await database.query<[{ words: Buffer }]>('select words from note');
    expect(() => decryptField(old, words, placeOf(id))).toThrow('cannot be decrypted');
    await expect(keys.keyOf(database, person)).resolves.toHaveLength(32);
    await expect(keys.keyOf(database, erased)).rejects.toThrow(PersonErased);
  });

  it('ended at any step it goes on, and who reads and writes meanwhile notices nothing', async () => {
    const { database } = schema;
    const persons = await people(20);
    const ids: string[] = await Promise.all(persons.flatMap((person) => [write(person), write(person)]));
    let isOver = false;
    let rounds = 0;
    const busy = (async () => {
      for (; !isOver; rounds += 1) {
        const [person = '', id = ''] = [persons[rounds % 20], ids[(rounds % 20) * 2]];
        await write(person, id, `słowo ${rounds}`);
        expect(await read(id)).toBe(`słowo ${rounds}`);
        ids.push(await write(person));
        expect(await read(ids[(rounds * 7) % 40] ?? '')).toMatch(/poufne|słowo/);
      }
    })();
    for (let step = 1; step <= 3; step += 1) {
      let told = 0;
      const dying = { places, graceMs: 300, say: () => void ((told += 1) === step && die()) };
      await expect(rotatePersonKeys(database, ring, dying)).rejects.toThrow('killed');
    }
    const { persons: rotated } = await rotatePersonKeys(database, ring, { ...quiet, graceMs: 300 });
    isOver = true;
    await busy;
    expect(rotated).toBe(20);
    expect(rounds).toBeGreaterThan(20);
    for (const id of ids) await expect(read(id)).resolves.toMatch(/poufne|słowo/);
    await expect(
      database.query(
        'select step from key_rotation union all select count(*)::text from person_key where octet_length(wrapped) > 40',
      ),
    ).resolves.toEqual([{ step: 'DONE' }, { step: '0' }]);
  }, 30_000);

  it('a value that opens with neither key keeps all old keys, and says where it is', async () => {
    const [person = ''] = await people(1);
    const [spoilt, kept] = [await write(person), await write(person)];
    await schema.database.query(`update note set words = set_byte(words, 20, get_byte(words, 20) # 1) where id = $1`, [
      spoilt,
    ]);
    await expect(rotatePersonKeys(schema.database, ring, quiet)).rejects.toThrow(Unreadable);
    await expect(read(kept)).resolves.toBe('poufne');
    await schema.database.query('delete from note where id = $1', [spoilt]);
    await expect(rotatePersonKeys(schema.database, ring, quiet)).resolves.toMatchObject({ persons: 1 });
    await expect(read(kept)).resolves.toBe('poufne');
  });
});

function die(): never {
  throw new Error('killed');
}
