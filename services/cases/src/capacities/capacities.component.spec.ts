import { addDays } from '@okienko/contracts/calendar';
import { event } from '@okienko/contracts/event';
import { capacityChangedV1 } from '@okienko/contracts/providers/capacity-changed.v1';
import { capacityClosedV1 } from '@okienko/contracts/providers/capacity-closed.v1';
import { capacityOpenedV1 } from '@okienko/contracts/providers/capacity-opened.v1';
import { capacityRecountedV1 } from '@okienko/contracts/providers/capacity-recounted.v1';
import { capacityReleasedV1 } from '@okienko/contracts/providers/capacity-released.v1';
import { v7 as uuidv7 } from 'uuid';
import { coordinator, Scenario, today } from '../scenario';
import type { CandidateList } from '../allocations/allocations.dto';
import type { Candidate } from '../allocations/candidates';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await Scenario.start();
}, 60_000);
afterAll(() => scenario.stop());

it('a provider is a candidate with as many places as it has, while it has any', async () => {
  const { allocationId, offerId } = await scenario.approvedPlan();
  const [capacityId, providerId] = [uuidv7(), uuidv7()];
  const facts = { providerId, offerId };
  const seen = async (): Promise<Partial<Candidate> | undefined> => {
    const { body } = await scenario.get(`/allocations/${allocationId}/candidates`, coordinator);
    const found = (body as unknown as CandidateList).items.find((candidate) => candidate.providerId === providerId);
    return found && { places: found.places, free: found.free };
  };
  const becomes = (expected: Partial<Candidate> | undefined) =>
    scenario.service.eventually(async () => expect(await seen()).toEqual(expected));
  const short = { from: today, to: today };
  await scenario.tell(event(capacityOpenedV1, capacityId, { ...facts, places: 3, free: 3, ...short }));
  await scenario.known('select 1 from capacity where id = $1', [capacityId]);
  expect(await seen()).toBeUndefined();
  const long = { from: addDays(today, -400), to: addDays(today, 800) };
  await scenario.tell(event(capacityChangedV1, capacityId, { ...facts, places: 5, free: 5, ...long }));
  await becomes({ places: 5, free: 5 });
  await scenario.tell(event(capacityRecountedV1, capacityId, { ...facts, places: 5, free: 4 }));
  await becomes({ places: 5, free: 4 });
  const none = { ...facts, places: 0, free: 0 };
  await scenario.tell(event(capacityClosedV1, capacityId, { ...none, closedOn: today, reasonCode: 'OTHER' }));
  await becomes(undefined);
  await scenario.tell(event(capacityReleasedV1, capacityId, { ...none, orderId: uuidv7() }));
  await scenario.capacity(offerId);
  expect(await seen()).toBeUndefined();
});
