import { addDays } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { BeyondTheGrant, type NewRequest, RequestOpen } from '@okienko/contracts/order-request';
import fc from 'fast-check';
import { AnswerTermWrong } from './service-order-errors';
import { ServiceOrder } from './service-order';

const id = '0197a000-0000-7000-8000-000000000009';
const facts = { providerId: id, offerId: id, attempt: 1 };
const terms = { planId: id, from: '2026-03-02', to: '2026-03-31', quantity: 10, unit: 'HOUR' } as const;
const answerBy = '2026-03-05';
const today = '2026-03-03';
const received = (): ServiceOrder => ServiceOrder.receive(id, id, { ...facts, ...terms, answerBy });
const accepted = (): ServiceOrder => {
  const order = received();
  order.accept();
  return order;
};
const change: NewRequest = {
  id: 'r-1',
  kind: 'CHANGE',
  raisedBy: 'PROVIDER',
  raisedOn: today,
  code: 'STAFF',
  terms: { quantity: 6 },
};
const end: NewRequest = { id: 'r-2', kind: 'END', raisedBy: 'CENTRE', raisedOn: today, code: 'COOPERATION' };

describe('the answer', () => {
  it('is put off to a later day within what the centre allows, all in all', () => {
    const order = received();
    expect(order.putAnswerOff('2026-03-08', today).data).toMatchObject({
      answerBy: '2026-03-08',
      reasonCode: 'PROVIDER_ASKS',
    });
    expect(order.putAnswerOff('2026-03-12', today).data).toMatchObject({ answerBy: '2026-03-12' });
    expect(() => order.putAnswerOff('2026-03-13', today)).toThrow(AnswerTermWrong);
  });

  it('is not put off backwards, once the term is over, or once it is given', () => {
    expect(() => received().putAnswerOff(answerBy, today)).toThrow(AnswerTermWrong);
    expect(() => received().putAnswerOff('2026-03-08', addDays(answerBy, 1))).toThrow(AnswerTermWrong);
    expect(() => accepted().putAnswerOff('2026-03-08', today)).toThrow(NotInState);
  });

  it('never moves further than the longest extension, however it is put off', () => {
    const day = fc.integer({ min: -3, max: 20 }).map((offset) => addDays(answerBy, offset));
    fc.assert(
      fc.property(fc.array(fc.tuple(day, day), { maxLength: 12 }), (steps) => {
        const order = received();
        for (const [to, on] of steps) {
          const before = order.answerBy as string;
          try {
            order.putAnswerOff(to, on);
            expect(to > before && on <= before).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(AnswerTermWrong);
            expect(order.answerBy).toBe(before);
          }
          expect(order.answerBy! <= addDays(answerBy, 7)).toBe(true);
        }
      }),
    );
  });

  it('is due when the agreement says, from then on', () => {
    const order = received();
    expect(order.setAnswerTerm('2026-03-10').data).toMatchObject({ answerBy: '2026-03-10', reasonCode: 'AGREEMENT' });
    expect(order.putAnswerOff('2026-03-17', today).data).toMatchObject({ answerBy: '2026-03-17' });
  });

  it('is reminded of anew after it was put off', () => {
    const order = received();
    expect(order.remind('2026-03-04').data).toMatchObject({ answerBy });
    expect(order.remindedOn).toBe('2026-03-04');
    order.putAnswerOff('2026-03-08', today);
    expect(order.remindedOn).toBeNull();
  });
});

describe('a request of the provider', () => {
  it('for a change or an end needs an order under way; a question may come before the answer', () => {
    expect(() => received().ask(change, 0)).toThrow(NotInState);
    expect(() => received().ask({ ...change, kind: 'QUESTION', code: 'WAY_IN' }, 0)).not.toThrow();
    const over = accepted();
    over.complete(today);
    expect(() => over.ask({ ...change, kind: 'QUESTION', code: 'WAY_IN' }, 0)).toThrow(NotInState);
  });

  it('keeps to what is ordered and to what is recorded', () => {
    expect(() => accepted().ask(change, 7)).toThrow(BeyondTheGrant);
    expect(() => accepted().ask({ ...change, terms: { quantity: 11 } }, 0)).toThrow(BeyondTheGrant);
    const order = accepted();
    expect(order.ask(change, 6).data).toMatchObject({ requestId: 'r-1', kind: 'CHANGE', quantity: 6, code: 'STAFF' });
    expect(() => order.ask({ ...change, id: 'r-9' }, 6)).toThrow(RequestOpen);
  });

  it('is overtaken by the end of the order', () => {
    const order = accepted();
    order.ask(change, 0);
    order.cancel(today, 'RESIGNED');
    expect(order.requests).toEqual([{ ...change, state: 'OVERTAKEN' }]);
    expect(order.hearAnswer('r-1', { outcome: 'AGREED', answeredOn: today })).toBeUndefined();
  });
});

describe('a request of the centre', () => {
  it('is heard once, answered once, and not heard when the order is over', () => {
    const order = accepted();
    expect(order.hear(end)?.data).toMatchObject({ requestId: 'r-2', raisedBy: 'CENTRE', kind: 'END' });
    expect(order.hear(end)).toBeUndefined();
    const refusal = { outcome: 'REFUSED', answerCode: 'OTHER', answeredOn: today } as const;
    expect(order.answer('r-2', refusal).data).toMatchObject({ answeredBy: 'PROVIDER', outcome: 'REFUSED' });
    expect(() => order.answer('r-2', refusal)).toThrow(NotInState);
    order.complete(today);
    expect(order.hear({ ...end, id: 'r-3' })).toBeUndefined();
  });

  it('ends nothing by itself: the order goes on until the centre says so', () => {
    const order = accepted();
    order.hear(end);
    order.answer('r-2', { outcome: 'AGREED', answeredOn: today });
    expect(order.holdsPlace).toBe(true);
  });
});

it('a change holds for what comes, and what was recorded meanwhile stays part of the order', () => {
  const order = accepted();
  expect(order.change({ quantity: 4, to: '2026-03-20', scheduleCode: 'NIGHTS' }, 5).data).toMatchObject({
    from: '2026-03-02',
    to: '2026-03-20',
    quantity: 5,
    scheduleCode: 'NIGHTS',
  });
  expect(() => order.checkDelivery('2026-03-21', 1, 0, '2026-03-31')).toThrow('2026-03-20');
});

it('a token is issued while the answer is awaited, counts until it is replaced or revoked, and is revoked once', () => {
  const order = received();
  expect(() => order.revokeToken()).toThrow(NotInState);
  order.issueToken('t-1', new Date('2026-03-05T23:00:00Z'));
  const { data } = order.issueToken('t-2', new Date('2026-03-05T23:00:00Z'));
  expect(data).toMatchObject({ tokenId: 't-2', expiresAt: '2026-03-05T23:00:00.000Z' });
  expect(() => order.useToken('t-1', 'ACCEPT')).toThrow('replaced');
  order.useToken('t-2', 'ACCEPT');
  expect(order.revokeToken().data).toMatchObject({ tokenId: 't-2' });
  expect(() => order.revokeToken()).toThrow(NotInState);
  expect(() => accepted().issueToken('t-3', new Date())).toThrow(NotInState);
});
