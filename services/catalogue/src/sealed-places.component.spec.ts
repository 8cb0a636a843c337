import { placeForTest, type ServicePlace } from '@okienko/testing/service-place';
import { bytesBeside } from '@okienko/testing/sealed-bytes';
import { sealedPlaces } from './sealed-places';
import { catalogueService } from './service';

let place: ServicePlace;
beforeAll(async () => (place = await placeForTest(catalogueService)), 60_000);
afterAll(() => place.remove());

it('the list of what is sealed names every column of bytes but digests', async () => {
  const sql = async (text: string) => (await place.pool.query<{ name: string }>(text)).rows;
  expect(await bytesBeside(sql, sealedPlaces)).toEqual(['need_report.receipt_digest']);
});
