import { NotInState } from '@okienko/contracts/domain-error';
import fc from 'fast-check';
import { ServiceOrder } from '../service-orders/service-order';
import { AnswerTokenSpent } from '../service-orders/service-order-errors';
import { Survey } from './survey';

const id = '0197a000-0000-7000-8000-000000000009';
const allocationId = '0197a000-0000-7000-8000-000000000008';
const providerId = '0197a000-0000-7000-8000-000000000010';
const offerId = '0197a000-0000-7000-8000-000000000002';
const [today, later] = ['2026-03-02', '2026-04-02'];

const terms = { attempt: 1, from: today, to: today, quantity: 1, unit: 'HOUR' } as const;
const order = ServiceOrder.receive(id, allocationId, { planId: id, providerId, offerId, ...terms }, '2861011');
const opened = (): Survey => Survey.open(id, order, 'COMPLETED', 0, today);
const service = { providerId, offerId };

it('may be answered for as long as the terms say, and no event tells what was said', () => {
  const survey = opened();
  expect(survey.opened()).toMatchObject({
    subject: id,
    gmina: '2861011',
    data: { orderId: id, allocationId, ...service, cause: 'COMPLETED', answerBy: '2026-04-01' },
  });
  expect(survey.answer('PHONE', '2026-04-01').data).toEqual({ ...service, channel: 'PHONE' });
  expect(opened().decline('DESK', today).data).toEqual({ ...service, channel: 'DESK' });
  expect(opened().expire(later).data).toEqual({ ...service, expiredOn: later });
});

it('is over the day after its last, whether or not the calendar has said so', () => {
  expect(() => opened().answer('PAPER', later)).toThrow(NotInState);
  expect(() => opened().decline('PAPER', later)).toThrow(NotInState);
  expect(() => opened().issueToken(id, '2026-04-01T22:00:00.000Z', later)).toThrow(NotInState);
});

it('ends once, whatever is tried in whatever order', () => {
  const acts = {
    answer: (survey: Survey) => survey.answer('PHONE', today),
    decline: (survey: Survey) => survey.decline('PHONE', today),
    token: (survey: Survey) => survey.issueToken(id, '2026-04-01T22:00:00.000Z', today),
  };
  const anyAct = fc.constantFrom(...(Object.keys(acts) as (keyof typeof acts)[]));
  fc.assert(
    fc.property(fc.array(anyAct, { minLength: 1, maxLength: 8 }), (tried) => {
      const survey = opened();
      let ended = 0;
      for (const act of tried) {
        if (ended > 0) expect(() => acts[act](survey)).toThrow(NotInState);
        else acts[act](survey);
        if (act !== 'token') ended += 1;
      }
      expect((survey as unknown as { state: string }).state === 'OPEN').toBe(ended === 0);
    }),
  );
});

it('takes its newest token alone, while it is open', () => {
  const survey = opened();
  expect(() => survey.assertNewestToken(id)).toThrow(AnswerTokenSpent);
  survey.issueToken(id, '2026-04-01T22:00:00.000Z', today);
  survey.issueToken(allocationId, '2026-04-01T22:00:00.000Z', today);
  expect(() => survey.assertNewestToken(id)).toThrow(AnswerTokenSpent);
  expect(() => survey.assertNewestToken(allocationId)).not.toThrow();
  survey.answer('TOKEN', today);
  expect(() => survey.assertNewestToken(allocationId)).toThrow(AnswerTokenSpent);
});
