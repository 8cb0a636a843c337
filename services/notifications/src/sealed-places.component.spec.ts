import { placeForTest, type ServicePlace } from '@okienko/testing/service-place';
import { unlisted } from '@okienko/testing/held-tables';
import { held } from './recipients/held';
import { sealedPlaces } from './sealed-places';
import { notificationsService } from './service';

let place: ServicePlace;
beforeAll(async () => (place = await placeForTest(notificationsService)), 60_000);
afterAll(() => place.remove());

it('the list of what is sealed names every column of bytes but digests', async () => {
  const { rows } = await place.pool.query<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = current_schema() and data_type = 'bytea' order by 1`,
  );
  const digests = [
    'access_log.hash',
    'access_log.previous_hash',
    'access_log_head.hash',
    'access_log_head.previous_hash',
    'message.content_hash',
    'person_key.wrapped',
  ];
  const sealed = sealedPlaces.map(({ table, column }) => `${table}.${column}`);
  expect(rows.map(({ name }) => name)).toEqual([...sealed, ...digests].sort());
});

it('every table that points at people is in the list of what is held about them, but the log of access and the keys', async () => {
  const sql = async (text: string) => (await place.pool.query<{ table: string }>(text)).rows;
  expect(await unlisted(sql, held)).toEqual(['access_log', 'person_key']);
});
