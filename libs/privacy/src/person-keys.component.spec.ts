import { randomBytes, randomUUID } from 'node:crypto';
import { CannotDecrypt } from './cannot-decrypt';
import { KeyRing } from './key-ring';
import { NoPersonKey, PersonErased, PersonKeys, personKeyTable } from './person-keys';
import { scratchSchema, testDatabase, type ScratchSchema } from './scratch-schema';
import { decryptField, encryptField } from './sealed-column';

const masterKeys = { 1: randomBytes(32), 2: randomBytes(32) };
const before = new PersonKeys(new KeyRing({ masterKeys, current: 1 }));
const during = new PersonKeys(new KeyRing({ masterKeys, current: 2 }));
const after = new PersonKeys(new KeyRing({ masterKeys: { 2: masterKeys[2] }, current: 2 }));
const place = { table: 'person', column: 'pesel', rowId: '1' };

(testDatabase ? describe : describe.skip)(
  'the keys of people (skipped unless TEST_DATABASE_URL names a PostgreSQL)',
  () => {
    let schema: ScratchSchema;
    beforeAll(async () => (schema = await scratchSchema(personKeyTable)));
    afterAll(() => schema.drop());

    it('a person has the same key every time, and another person another', async () => {
      const { database } = schema;
      const [one, other] = [randomUUID(), randomUUID()];
      const key = await before.create(database, one);
      await expect(before.keyOf(database, one)).resolves.toEqual(key);
      await expect(before.create(database, other)).resolves.not.toEqual(key);
    });

    it('what was sealed for a person is unreadable once the key is destroyed', async () => {
      const { database } = schema;
      const person = randomUUID();
      const sealed = encryptField(await before.create(database, person), '44051401359', place);
      expect(decryptField(await before.keyOf(database, person), sealed, place)).toBe('44051401359');

      await before.destroy(database, person);
      await expect(before.keyOf(database, person)).rejects.toThrow(PersonErased);
      const rows = await database.query('select wrapped, destroyed_at from person_key where person_id = $1', [person]);
      expect(rows).toEqual([{ wrapped: null, destroyed_at: expect.any(Date) }]);

      await before.destroy(database, person);
      await expect(
        database.query('select wrapped, destroyed_at from person_key where person_id = $1', [person]),
      ).resolves.toEqual(rows);
      await expect(before.create(database, person)).rejects.toThrow(/person_key_pkey/);
    });

    it('a key that never was is neither found nor destroyed', async () => {
      await expect(before.keyOf(schema.database, randomUUID())).rejects.toThrow(NoPersonKey);
      await expect(before.destroy(schema.database, randomUUID())).rejects.toThrow(NoPersonKey);
    });

    it('a rotation wraps every key anew, after which the old master key is not needed', async () => {
      const { database } = schema;
      await database.query('delete from person_key');
      const erased = randomUUID();
      const people = Array.from({ length: 5 }, () => randomUUID());
      const keys = await Promise.all(people.map((person) => before.create(database, person)));
      await before.create(database, erased);
      await before.destroy(database, erased);

      const counts: number[] = [];
      do counts.push(await database.transaction((sql) => during.rewrap(sql, 2)));
      while (counts.at(-1));
      expect(counts).toEqual([2, 2, 1, 0]);
      await expect(Promise.all(people.map((person) => after.keyOf(database, person)))).resolves.toEqual(keys);
      await expect(after.keyOf(database, erased)).rejects.toThrow(PersonErased);
    });

    it('a wrapped key that was changed in the table does not unwrap', async () => {
      const { database } = schema;
      const person = randomUUID();
      await before.create(database, person);
      await database.query(
        'update person_key set wrapped = set_byte(wrapped, 0, get_byte(wrapped, 0) # 1) where person_id = $1',
        [person],
      );
      await expect(before.keyOf(database, person)).rejects.toThrow(CannotDecrypt);
    });
  },
);
