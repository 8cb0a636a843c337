import { NotInState } from '@okienko/contracts/domain-error';
import fc from 'fast-check';
import { DeliveredInFuture, DeliveredInPause, DeliveredOutsidePeriod, MoreThanOrdered } from './delivery-rules';
import { ServiceOrder } from './service-order';

const id = '0197a000-0000-7000-8000-000000000009';
const allocationId = '0197a000-0000-7000-8000-000000000008';
const providerId = '0197a000-0000-7000-8000-000000000010';
const offerId = '0197a000-0000-7000-8000-000000000002';
const facts = { allocationId, providerId, offerId, attempt: 1 };
const today = '2026-03-10';

const received = (): ServiceOrder =>
  ServiceOrder.receive(
    id,
    allocationId,
    { ...facts, planId: id, from: '2026-03-02', to: '2026-03-31', quantity: 10, unit: 'HOUR' },
    '2861011',
  );
const accepted = (): ServiceOrder => {
  const order = received();
  order.accept();
  return order;
};

describe('a service order', () => {
  it('says what happened to it, with the gmina it concerns', () => {
    const order = received();
    const steps = [order.received(), order.accept(), order.start('2026-03-02'), order.complete('2026-03-31')];
    expect(steps.map(({ contract, ...fact }) => [contract.$id, fact])).toEqual([
      ['providers.service-order.received.v1', { subject: id, gmina: '2861011', data: facts }],
      ['providers.service-order.accepted.v1', { subject: id, gmina: '2861011', data: facts }],
      [
        'providers.service-order.started.v1',
        { subject: id, gmina: '2861011', data: { ...facts, startedOn: '2026-03-02' } },
      ],
      [
        'providers.service-order.completed.v1',
        { subject: id, gmina: '2861011', data: { ...facts, completedOn: '2026-03-31' } },
      ],
    ]);
  });

  it('is declined with a reason', () => {
    expect(received().decline('OUT_OF_AREA').data).toEqual({ ...facts, reasonCode: 'OUT_OF_AREA' });
  });

  it('can be completed without a single delivery', () => {
    expect(() => accepted().complete(today)).not.toThrow();
  });

  it('goes only the ways that the table knows', () => {
    const acts = {
      accept: (order: ServiceOrder) => order.accept(),
      decline: (order: ServiceOrder) => order.decline('OTHER'),
      start: (order: ServiceOrder) => order.start(today),
      complete: (order: ServiceOrder) => order.complete(today),
      suspend: (order: ServiceOrder) => order.suspend(today),
      resume: (order: ServiceOrder) => order.resume(today),
      cancel: (order: ServiceOrder) => order.cancel(today, 'NO_ANSWER'),
    };
    type Act = keyof typeof acts;
    const allowed = /^(accept( start( suspend resume)*( suspend)?)?( complete| cancel)?|decline|cancel)$/;
    const act = fc.constantFrom<Act>('accept', 'decline', 'start', 'complete', 'suspend', 'resume', 'cancel');
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 12 }), (path) => {
        const order = received();
        const walked: Act[] = [];
        for (const step of path) {
          if (allowed.test([...walked, step].join(' '))) {
            acts[step](order);
            walked.push(step);
          } else {
            expect(() => acts[step](order)).toThrow(NotInState);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('says why it was taken back, and when it pauses', () => {
    expect(received().cancel(today, 'NO_ANSWER').data).toEqual({
      ...facts,
      cancelledOn: today,
      reasonCode: 'NO_ANSWER',
    });
    const started = accepted();
    started.start(today);
    expect(started.suspend(today, '2026-03-20').data).toEqual({ ...facts, from: today, until: '2026-03-20' });
    expect(started.resume(today).data).toEqual({ ...facts, resumedOn: today });
  });

  it('holds a place from its acceptance to its end', () => {
    const order = received();
    const held: boolean[] = [order.holdsPlace];
    for (const act of [
      () => order.accept(),
      () => order.start(today),
      () => order.suspend(today),
      () => order.cancel(today, 'BREACH'),
    ]) {
      act();
      held.push(order.holdsPlace);
    }
    expect(held).toEqual([false, true, true, true, false]);
    expect(order.isOver).toBe(true);
  });
});

describe('a delivery', () => {
  it('counts from the first to the last day of the order', () => {
    expect(() => accepted().checkDelivery('2026-03-02', 10, 0, today)).not.toThrow();
    expect(() => accepted().checkDelivery('2026-03-31', 10, 0, '2026-03-31')).not.toThrow();
    expect(() => accepted().checkDelivery('2026-03-01', 1, 0, today)).toThrow(DeliveredOutsidePeriod);
    expect(() => accepted().checkDelivery('2026-04-01', 1, 0, '2026-04-02')).toThrow(DeliveredOutsidePeriod);
  });

  it('cannot be recorded before it has happened', () => {
    expect(() => accepted().checkDelivery(today, 1, 0, today)).not.toThrow();
    expect(() => accepted().checkDelivery('2026-03-11', 1, 0, today)).toThrow(DeliveredInFuture);
  });

  it('is part of what was ordered, to the last unit and not one more', () => {
    expect(() => accepted().checkDelivery(today, 4, 6, today)).not.toThrow();
    expect(() => accepted().checkDelivery(today, 5, 6, today)).toThrow(MoreThanOrdered);
  });

  it('of a day before a pause counts, one within it does not', () => {
    const order = accepted();
    order.start('2026-03-02');
    order.suspend('2026-03-06');
    expect(() => order.checkDelivery('2026-03-05', 1, 0, today)).not.toThrow();
    expect(() => order.checkDelivery('2026-03-06', 1, 0, today)).toThrow(DeliveredInPause);
    order.resume('2026-03-09');
    expect(() => order.checkDelivery(today, 1, 0, today)).not.toThrow();
  });

  it('needs an order that was accepted and is not complete', () => {
    const complete = accepted();
    complete.complete(today);
    expect(() => received().checkDelivery(today, 1, 0, today)).toThrow(NotInState);
    expect(() => complete.checkDelivery(today, 1, 0, today)).toThrow(NotInState);
  });
});
