import fc from 'fast-check';
import { type Batchable, batchOf, isTakenApart, type LaneWay, postOf, single } from './parcel';

const way: LaneWay = {
  subscriptionId: 'sub',
  sink: 'https://sink.example',
  signature: 'HMAC',
  secretVersion: 1,
  isEarlierValid: null,
  credentialVersion: 0,
  partnerId: 'powiat',
  failures: 0,
};
const candidate = (sequence: number, more: Partial<Batchable> = {}): Batchable => ({
  way,
  sequence,
  event: {
    id: `event-${sequence}`,
    name: 'cases.plan.redrafted.v1',
    body: Buffer.from(`{"id":"event-${sequence}"}`),
  },
  granted: true,
  attempt: 1,
  firstAt: null,
  dueAt: new Date(),
  earliest: sequence,
  ...more,
});
const numbers = (...candidates: [Batchable, ...Batchable[]]) => batchOf(candidates).events.map((one) => one.sequence);

describe('a batch', () => {
  it('ends before a hole, before what waits for another, and before what is not granted', () => {
    expect(numbers(candidate(4), candidate(5), candidate(6, { earliest: 4 }))).toEqual([4, 5, 6]);
    expect(numbers(candidate(4), candidate(6))).toEqual([4]);
    expect(numbers(candidate(4), candidate(5, { earliest: 3 }), candidate(6))).toEqual([4]);
    expect(numbers(candidate(4), candidate(5, { granted: false }), candidate(6))).toEqual([4]);
    expect(numbers(candidate(4, { granted: false }), candidate(5))).toEqual([4]);
  });

  it('is a run without a hole in which nothing overtakes, whatever waits', () => {
    const some = fc.array(
      fc.record({ gap: fc.integer({ min: 1, max: 2 }), back: fc.integer({ min: 0, max: 3 }), granted: fc.boolean() }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(some, (steps) => {
        let sequence = 10;
        const candidates = steps.map(({ gap, back, granted }, index) => {
          sequence += index === 0 ? 0 : gap;
          return candidate(sequence, { granted, earliest: index === 0 ? sequence : sequence - back });
        });
        const { events } = batchOf(candidates as [Batchable, ...Batchable[]]);
        expect(events.map((one) => one.sequence)).toEqual(events.map((_, index) => 10 + index));
        expect(events.every((one) => (one as Batchable).earliest >= 10)).toBe(true);
        expect(events.length === 1 || events.every((one) => one.granted)).toBe(true);
        const next = candidates[events.length];
        const mightFollow = next?.granted && next.sequence === 10 + events.length && next.earliest >= 10;
        expect(mightFollow && candidates[0]?.granted).not.toBe(true);
      }),
    );
  });

  it('is an array of the very bodies, under an id and numbers that a repetition has too', () => {
    const post = postOf(batchOf([candidate(4), candidate(5)]));
    expect(post).toEqual({
      id: 'sub_4-5',
      body: Buffer.from('[{"id":"event-4"},{"id":"event-5"}]'),
      headers: { 'content-type': 'application/cloudevents-batch+json; charset=utf-8', 'okienko-sequence': '4-5' },
    });
    expect(postOf(single(candidate(4)))).toEqual({
      id: 'event-4',
      body: Buffer.from('{"id":"event-4"}'),
      headers: { 'okienko-sequence': '4' },
    });
  });

  it.each([
    [400, true],
    [422, true],
    [302, true],
    [204, false],
    [410, false],
    [429, false],
    [500, false],
    [undefined, false],
  ])('that is answered %s is taken apart: %s', (status, expected) => {
    const answer = status === undefined ? { errorCode: 'ECONNREFUSED' } : { status };
    expect(isTakenApart(batchOf([candidate(1), candidate(2)]), answer)).toBe(expected);
    expect(isTakenApart(batchOf([candidate(1)]), answer)).toBe(false);
  });
});
