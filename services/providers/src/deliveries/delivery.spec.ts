import { NotInState } from '@okienko/contracts/domain-error';
import fc from 'fast-check';
import { ServiceOrder } from '../service-orders/service-order';
import { Delivery } from './delivery';
import { DeliverySettled } from './delivery-errors';
import { type Told, visitOf } from './visit';

const id = '0197a000-0000-7000-8000-000000000009';
const now = new Date('2026-03-10T12:00:00Z');
const order = ServiceOrder.receive(
  id,
  id,
  {
    planId: id,
    providerId: id,
    offerId: id,
    attempt: 1,
    from: '2026-03-02',
    to: '2026-03-31',
    quantity: 10,
    unit: 'HOUR',
  },
  '2861011',
);
const visit = (more: Partial<Told> = {}) => visitOf({ deliveredOn: '2026-03-09', quantity: 3, ...more }, now);
const missed = { outcome: 'CLIENT_ABSENT', absenceCause: 'NOT_AT_HOME' } as const;
const record = (more: Partial<Told> = {}) => Delivery.record(id, order, visit(more));
const ids = { orderId: id, allocationId: id, providerId: id };

describe('a delivery', () => {
  it('tells of units, which are disputed, corrected and accepted', () => {
    const delivery = record();
    const steps = [
      delivery.recorded(),
      delivery.dispute('LESS_DELIVERED'),
      delivery.correct(visit({ quantity: 2 })),
      delivery.accept('kipus-anna', 'RECIPIENT_AT_DESK'),
    ];
    const facts = { ...ids, deliveredOn: '2026-03-09', unit: 'HOUR' };
    expect(steps.map(({ contract, data }) => [contract.$id, data])).toEqual([
      ['providers.delivery.recorded.v1', { ...facts, quantity: 3 }],
      ['providers.delivery.disputed.v1', { ...ids, causeCode: 'LESS_DELIVERED' }],
      ['providers.delivery.corrected.v1', { ...facts, quantity: 2, outcome: 'DELIVERED' }],
      ['providers.delivery.accepted.v1', { ...facts, quantity: 2 }],
    ]);
    expect(delivery).toMatchObject({ acceptedBy: 'kipus-anna', confirmedBy: 'RECIPIENT_AT_DESK', disputeCause: null });
  });

  it('tells of a visit in vain that nothing was delivered, and never why', () => {
    const delivery = record(missed);
    const facts = { ...ids, plannedOn: '2026-03-09', quantity: 3, unit: 'HOUR', outcome: 'CLIENT_ABSENT' };
    expect(delivery.recorded()).toMatchObject({ contract: { $id: 'providers.delivery.missed.v1' }, data: facts });
    const accepted = delivery.accept('kipus-anna', 'COORDINATOR');
    expect(accepted).toMatchObject({ contract: { $id: 'providers.delivery.missed-accepted.v1' }, data: facts });
    expect(accepted.data).not.toHaveProperty('absenceCause');
  });

  it('is counted no more once its acceptance is withdrawn, unless it is settled', () => {
    const delivery = record();
    delivery.accept('kipus-anna', 'COORDINATOR');
    expect(delivery.withdrawAcceptance('RECORDED_IN_ERROR').map(({ contract }) => contract.$id)).toEqual([
      'providers.delivery.acceptance-withdrawn.v1',
      'providers.delivery.disputed.v1',
    ]);
    expect(delivery).toMatchObject({ acceptedBy: null, confirmedBy: null });
    const settled = Object.assign(record(), { settlementId: id });
    settled.accept('kipus-anna', 'COORDINATOR');
    expect(() => settled.withdrawAcceptance('OTHER')).toThrow(DeliverySettled);
    const vain = record(missed);
    vain.accept('kipus-anna', 'COORDINATOR');
    expect(vain.withdrawAcceptance('OTHER').map(({ contract }) => contract.$id)).toEqual([
      'providers.delivery.disputed.v1',
    ]);
  });

  it('goes only the ways that the table knows', () => {
    const acts = {
      accept: (delivery: Delivery) => delivery.accept('kipus-anna', 'COORDINATOR'),
      dispute: (delivery: Delivery) => delivery.dispute('OTHER'),
      reopen: (delivery: Delivery) => delivery.withdrawAcceptance('OTHER'),
      correct: (delivery: Delivery) => delivery.correct(visit({ quantity: 1 })),
      reject: (delivery: Delivery) => delivery.reject('NOT_DELIVERED'),
      withdraw: (delivery: Delivery) => delivery.withdraw(),
    };
    type Act = keyof typeof acts;
    const next: Record<string, Partial<Record<Act, string>>> = {
      RECORDED: { accept: 'ACCEPTED', dispute: 'DISPUTED', correct: 'CORRECTED', withdraw: 'REJECTED' },
      DISPUTED: { accept: 'ACCEPTED', correct: 'CORRECTED', reject: 'REJECTED', withdraw: 'REJECTED' },
      CORRECTED: {
        accept: 'ACCEPTED',
        dispute: 'DISPUTED',
        correct: 'CORRECTED',
        reject: 'REJECTED',
        withdraw: 'REJECTED',
      },
      ACCEPTED: { reopen: 'DISPUTED' },
      REJECTED: {},
    };
    const path = fc.array(fc.constantFrom(...(Object.keys(acts) as Act[])), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(path, (walk) => {
        const delivery = record();
        let state = 'RECORDED';
        for (const act of walk) {
          const reached = next[state]?.[act];
          if (reached === undefined) expect(() => acts[act](delivery)).toThrow(NotInState);
          else acts[act](delivery);
          state = reached ?? state;
          expect(delivery).toMatchObject({ state });
          expect(delivery.acceptedBy !== null).toBe(state === 'ACCEPTED');
        }
      }),
      { numRuns: 500 },
    );
  });
});
