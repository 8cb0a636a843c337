import { IndividualPlan } from '../plans/individual-plan';
import type { PlanItem } from '../plans/plan-content';
import { Allocation, ProviderJustDeclined } from './allocation';

const item: PlanItem = { itemId: 'item', offerId: 'offer', providerId: 'p-1', quantity: 30, unit: 'HOUR' };
const application = {
  id: 'application',
  unit: 'main',
  terc: '2861011',
  personId: 'person',
  filedAt: new Date('2026-03-01T09:00:00Z'),
  isQualified: () => true,
};
const content = { from: '2026-03-02', to: '2026-06-30', items: [item], texts: Buffer.from('ciphertext') };
const plan = IndividualPlan.draft('plan', application, content, 'kipus', new Date('2026-03-02T09:00:00Z'));

function referred(): Allocation {
  const allocation = Allocation.create('allocation', plan, item);
  allocation.refer('p-1');
  return allocation;
}

function accepted(): Allocation {
  const allocation = referred();
  allocation.accept('order-1');
  return allocation;
}

describe('an allocation', () => {
  it('is created and referred with the terms of the plan', () => {
    const terms = {
      planId: 'plan',
      offerId: 'offer',
      from: '2026-03-02',
      to: '2026-06-30',
      quantity: 30,
      unit: 'HOUR',
    };
    expect(referred().created().data).toEqual({ ...terms, personId: 'person' });
    expect(referred().referred().data).toEqual({ ...terms, providerId: 'p-1', attempt: 1 });
  });

  it('awaits the answer of its provider to the present attempt, and no other', () => {
    const allocation = referred();
    allocation.decline('order-1', 'NO_CAPACITY');
    expect(allocation.declined().data).toMatchObject({
      providerId: 'p-1',
      orderId: 'order-1',
      reasonCode: 'NO_CAPACITY',
    });
    expect(() => allocation.refer('p-1')).toThrow(ProviderJustDeclined);
    allocation.refer('p-2');
    expect(allocation.awaits({ providerId: 'p-1', attempt: 1 })).toBe(false);
    expect(allocation.awaits({ providerId: 'p-1', attempt: 2 })).toBe(false);
    expect(allocation.awaits({ providerId: 'p-2', attempt: 1 })).toBe(false);
    expect(allocation.awaits({ providerId: 'p-2', attempt: 2 })).toBe(true);
    expect(allocation.isPerformedUnder('order-1')).toBe(false);
  });

  it('starts, counts and completes, and may count what comes after', () => {
    const allocation = accepted();
    expect(() => allocation.count(1)).toThrow('ACCEPTED');
    allocation.start('2026-03-05');
    allocation.count(4);
    allocation.complete('2026-06-30');
    allocation.count(2);
    expect(allocation.unitDelivered('delivery', 2).data).toEqual({
      planId: 'plan',
      deliveryId: 'delivery',
      quantity: 2,
      deliveredTotal: 6,
    });
    expect(allocation.completed().data).toMatchObject({ orderId: 'order-1', completedOn: '2026-06-30' });
    expect(() => allocation.complete('2026-07-01')).toThrow('COMPLETED');
  });

  it('is not accepted twice, nor completed before anybody has taken it', () => {
    expect(() => accepted().accept('order-2')).toThrow('ACCEPTED');
    expect(() => referred().complete('2026-06-30')).toThrow('REFERRED');
    expect(() => referred().accepted()).toThrow('REFERRED');
  });
});
