import { event } from '@okienko/contracts/event';
import { deliveryAcceptanceWithdrawnV1 } from '@okienko/contracts/providers/delivery-acceptance-withdrawn.v1';
import { deliveryAcceptedV1 } from '@okienko/contracts/providers/delivery-accepted.v1';
import { deliveryCorrectedV1 } from '@okienko/contracts/providers/delivery-corrected.v1';
import { deliveryMissedV1 } from '@okienko/contracts/providers/delivery-missed.v1';
import { deliveryRecordedV1 } from '@okienko/contracts/providers/delivery-recorded.v1';
import { deliveryRejectedV1 } from '@okienko/contracts/providers/delivery-rejected.v1';
import { v7 as uuidv7 } from 'uuid';
import { Scenario } from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start(() => new Date())), 60_000);
afterAll(() => scenario.service.stop());

const ids = { orderId: uuidv7(), allocationId: uuidv7(), providerId: uuidv7() };
const facts = (quantity: number) => ({ ...ids, deliveredOn: '2026-03-02', quantity, unit: 'HOUR' }) as const;
const becomes = (id: string, expected: object[]): Promise<void> =>
  scenario.service.eventually(async () => {
    const sql = 'select quantity, accepted, sequence from delivery_copy where delivery_id = $1';
    expect(await scenario.service.sql(sql, [id])).toEqual(expected);
  });

describe('what reports count of a delivery', () => {
  it('is as it was corrected last, and nothing once it is rejected', async () => {
    const id = uuidv7();
    await scenario.tell(event(deliveryRecordedV1, id, facts(5)));
    await scenario.tell(event(deliveryAcceptedV1, id, facts(5)));
    await becomes(id, [{ quantity: 5, accepted: true, sequence: 2 }]);
    await scenario.tell(event(deliveryAcceptanceWithdrawnV1, id, { ...facts(5), causeCode: 'WRONG_TIME' }));
    await becomes(id, [{ quantity: 5, accepted: false, sequence: 3 }]);
    await scenario.tell(event(deliveryCorrectedV1, id, { ...facts(2), outcome: 'DELIVERED' }));
    await scenario.tell(event(deliveryAcceptedV1, id, facts(2)));
    await becomes(id, [{ quantity: 2, accepted: true, sequence: 5 }]);
    await scenario.tell(event(deliveryAcceptanceWithdrawnV1, id, { ...facts(2), causeCode: 'WRONG_TIME' }));
    await scenario.tell(event(deliveryRejectedV1, id, { ...ids, reasonCode: 'NOT_DELIVERED' }));
    await becomes(id, [{ quantity: 0, accepted: false, sequence: 7 }]);
  });

  it('is nothing of a visit in vain, until it turns out to be none', async () => {
    const id = uuidv7();
    const { deliveredOn: plannedOn, ...missed } = facts(3);
    await scenario.tell(event(deliveryMissedV1, id, { ...missed, plannedOn, outcome: 'CLIENT_ABSENT' }));
    await scenario.tell(event(deliveryCorrectedV1, id, { ...facts(3), outcome: 'DELIVERED' }));
    await becomes(id, [{ quantity: 3, accepted: false, sequence: 2 }]);
    await scenario.tell(event(deliveryCorrectedV1, id, { ...facts(3), outcome: 'PROVIDER_ABSENT' }));
    await becomes(id, [{ quantity: 0, accepted: false, sequence: 3 }]);
  });
});
