import { addDays } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import type * as cover from '../agreements/cover';
import { Scenario, today } from '../scenario';
import { providersService } from '../service';

let answerDays: number | null | undefined;
jest.mock('../agreements/cover', () => ({
  ...jest.requireActual<typeof cover>('../agreements/cover'),
  coverOf: () =>
    answerDays === undefined
      ? Promise.reject(new NotFound('agreement'))
      : Promise.resolve({ agreementId: '0197a000-0000-7000-8000-000000000031', answerDays, unit: 'HOUR' }),
}));

jest.setTimeout(120_000);
let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
}, 120_000);
afterAll(() => service.stop());

it.each([
  [9, 9, ['received', 'answer-term-moved']],
  [2, 2, ['received', 'answer-term-moved']],
  [5, 5, ['received']],
  [null, 5, ['received']],
  [undefined, 5, ['received']],
])('an agreement that gives %s days for the answer has it due in %s', async (given, days, facts) => {
  answerDays = given;
  const order = await scenario.refer(await scenario.places(1), { answerBy: addDays(today, 5) });
  const stored = await service.sql('select answer_by::text as "answerBy" from service_order where id = $1', [order.id]);
  expect(stored).toEqual([{ answerBy: addDays(today, days) }]);
  const sql = `select event::jsonb ->> 'type' as name from outbox where aggregate_id = $1 order by sequence`;
  const told = await service.sql<{ name: string }>(sql, [order.id]);
  expect(told.map(({ name }) => name.split('.').at(-2))).toEqual(facts);
});
