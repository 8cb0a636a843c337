import { personErasedV1 } from '@okienko/contracts/cases/person-erased.v1';
import { event } from '@okienko/contracts/event';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { director } from '../agreements/scenario';
import { Quality } from '../inspections/scenario';
import { organiser, Scenario } from '../scenario';
import { providersService } from '../service';

jest.setTimeout(60_000);
let service: ServiceUnderTest;
let scenario: Scenario;
let quality: Quality;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
  quality = new Quality(service);
}, 60_000);
afterAll(() => service.stop());

const see = (id: string) => service.http('GET', `/complaints/${id}`, { as: director });

it('what an erased person has complained of goes with them; what is still examined, once it is closed', async () => {
  const providerId = await scenario.registerProvider();
  const [personId, otherId] = [uuidv7(), uuidv7()];
  const named = { anonymous: false, personId };
  const [closed, open] = [await quality.complain(providerId, named), await quality.complain(providerId, named)];
  const other = await quality.complain(providerId, { anonymous: false, personId: otherId });
  const withdraw = (id: string): Promise<unknown> => quality.act(`/complaints/${id}/withdrawal`, organiser);
  await Promise.all([withdraw(closed), withdraw(other)]);
  const fact = event(personErasedV1, personId, { erasedAt: new Date().toISOString(), basis: 'ART_17' });
  await service.publish(fact, { sequence: 1 });
  await service.eventually(async () => expect(await see(closed)).toMatchObject({ status: 404 }));
  expect(await see(open)).toMatchObject({ status: 200, body: { personId } });
  expect(await see(other)).toMatchObject({ status: 200, body: { personId: otherId } });
  await withdraw(open);
  await service.eventually(async () => expect(await see(open)).toMatchObject({ status: 404 }), 20_000);
  const left = await service.sql(
    `select c.id from complaint c join person_key k on k.person_id = c.id
     where c.id = any ($1) and (c.words <> '' or c.person_id is not null or k.wrapped is not null)`,
    [[closed, open]],
  );
  expect(left).toEqual([]);
});
