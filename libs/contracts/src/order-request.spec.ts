import fc from 'fast-check';
import {
  answerable,
  assertMayAsk,
  assertWithin,
  BeyondTheGrant,
  isOpenIn,
  isWithin,
  type NewRequest,
  NothingAsked,
  type OrderRequest,
  overtaken,
  OwnRequest,
  pressingFor,
  requestKinds,
  RequestOpen,
  sides,
  withAnswer,
  withRequest,
  WrongAnswer,
} from './order-request';
import { raisedFacts, requestFrom } from './order-request-properties';

const end: NewRequest = { id: 'r-1', kind: 'END', raisedBy: 'PROVIDER', raisedOn: '2026-03-02', code: 'NO_STAFF' };
const question: NewRequest = { ...end, id: 'r-2', kind: 'QUESTION', code: 'WAY_IN' };
const agreed = { outcome: 'AGREED', answeredOn: '2026-03-04' } as const;
const said = { outcome: 'ANSWERED', answerCode: 'SEE_PACKET', answeredOn: '2026-03-04' } as const;

describe('a request', () => {
  it('is answered by the other side, once, and with an answer of its kind', () => {
    const open = withRequest(withRequest([], end), question);
    expect(() => answerable(open, 'r-1', 'PROVIDER', agreed)).toThrow(OwnRequest);
    expect(() => answerable(open, 'r-1', 'CENTRE', said)).toThrow(WrongAnswer);
    expect(() => answerable(open, 'r-2', 'CENTRE', agreed)).toThrow(WrongAnswer);
    expect(() => answerable(open, 'r-3', 'CENTRE', agreed)).toThrow('no such request');
    expect(answerable(open, 'r-2', 'CENTRE', said)).toMatchObject(question);
    const closed = withAnswer(open, 'r-2', said);
    expect(closed[1]).toEqual({ ...question, state: 'ANSWERED', answerCode: 'SEE_PACKET', answeredOn: '2026-03-04' });
    expect(() => answerable(closed, 'r-2', 'CENTRE', said)).toThrow('ANSWERED');
    expect(withAnswer(closed, 'r-2', { ...said, answerCode: 'NO' })).toEqual(closed);
  });

  it('is one of its kind and side as long as it is open, and a change says what changes', () => {
    const open = withRequest([], end);
    expect(() => assertMayAsk(open, { ...end, id: 'r-9' })).toThrow(RequestOpen);
    expect(() => assertMayAsk(open, { ...end, id: 'r-9', raisedBy: 'CENTRE' })).not.toThrow();
    expect(() => assertMayAsk(overtaken(open), { ...end, id: 'r-9' })).not.toThrow();
    expect(() => assertMayAsk([], { ...end, kind: 'CHANGE' })).toThrow(NothingAsked);
    expect(() => assertMayAsk([], { ...end, kind: 'CHANGE', terms: {} })).toThrow(NothingAsked);
  });

  it('that the centre has to answer presses it more than what it has asked itself', () => {
    const asked = withRequest(withRequest([], { ...end, raisedBy: 'CENTRE' }), question);
    expect(pressingFor('CENTRE', asked)?.id).toBe('r-2');
    expect(pressingFor('PROVIDER', asked)?.id).toBe('r-1');
    expect(pressingFor('CENTRE', overtaken(asked))).toBeUndefined();
  });

  it('comes out of an event as it went in', () => {
    const day = fc.constantFrom('2026-03-02', '2026-05-31');
    const terms = fc.record(
      { from: day, to: day, quantity: fc.nat(), scheduleCode: fc.constant('NIGHTS') },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.constantFrom(...requestKinds), fc.constantFrom(...sides), terms, (kind, raisedBy, asked) => {
        const request = { ...end, kind, raisedBy, ...(Object.keys(asked).length > 0 ? { terms: asked } : {}) };
        expect(requestFrom(raisedFacts(request))).toEqual(request);
      }),
    );
  });
});

it('two lists that hear of the same requests and answers, whichever is repeated, come out the same', () => {
  type Step = (requests: readonly OrderRequest[]) => readonly OrderRequest[];
  const ids = fc.constantFrom('a', 'b', 'c');
  const raise = ids.map(
    (id): Step =>
      (requests) =>
        withRequest(requests, { ...end, id }),
  );
  const answer = fc.tuple(ids, fc.constantFrom('AGREED' as const, 'REFUSED' as const)).map(
    ([id, outcome]): Step =>
      (requests) =>
        withAnswer(requests, id, { ...agreed, outcome }),
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(raise, answer), { maxLength: 20 }), (steps) => {
      const once = steps.reduce<readonly OrderRequest[]>((requests, step) => step(requests), []);
      const twice = steps.reduce<readonly OrderRequest[]>((requests, step) => step(step(requests)), []);
      expect(twice).toEqual(once);
      expect(new Set(once.map(({ id }) => id)).size).toBe(once.length);
      for (const { id } of overtaken(once)) expect(isOpenIn(overtaken(once), id)).toBe(false);
    }),
  );
});

describe('a change', () => {
  const bounds = { from: '2026-03-02', to: '2026-06-30', quantity: 30, delivered: 4 };

  it.each([
    [{ to: '2026-05-31' }, true],
    [{ from: '2026-03-02', to: '2026-03-02' }, true],
    [{ quantity: 4 }, true],
    [{ scheduleCode: 'NIGHTS' }, true],
    [{ quantity: 3 }, false],
    [{ quantity: 31 }, false],
    [{ to: '2026-07-01' }, false],
    [{ from: '2026-03-01' }, false],
    [{ from: '2026-05-02', to: '2026-05-01' }, false],
  ])('to %j is within the grant: %s', (terms, expected) => {
    expect(isWithin(bounds, terms)).toBe(expected);
    if (!expected) expect(() => assertWithin(bounds, terms)).toThrow(BeyondTheGrant);
  });

  it('of nothing is always possible, also where more was delivered than ordered', () =>
    expect(isWithin({ ...bounds, delivered: 31 }, {})).toBe(true));
});
