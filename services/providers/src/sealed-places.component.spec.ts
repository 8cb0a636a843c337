import { placeForTest, type ServicePlace } from '@okienko/testing/service-place';
import { unlisted } from '@okienko/testing/held-tables';
import { heldByAllocation, heldByPerson } from './copies/held';
import { bytesBeside } from '@okienko/testing/sealed-bytes';
import { sealedPlaces } from './sealed-places';
import { providersService } from './service';

let place: ServicePlace;
beforeAll(async () => (place = await placeForTest(providersService)), 60_000);
afterAll(() => place.remove());

it('the list of what is sealed names every column of bytes but digests', async () => {
  const sql = async (text: string) => (await place.pool.query<{ name: string }>(text)).rows;
  expect(await bytesBeside(sql, sealedPlaces)).toEqual([]);
});

it('every table that points at people is in the list of what is held about them, but the logs of access and erasures, and the keys', async () => {
  const sql = async (text: string) => (await place.pool.query<{ table: string }>(text)).rows;
  expect(await unlisted(sql, [...heldByPerson, ...heldByAllocation])).toEqual(['access_log', 'erasure', 'person_key']);
});
