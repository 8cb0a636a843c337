import { judgeConsumption, type Letter } from './consumption';
import type { Finding, Placed } from './finding';
import { judgePublication, type Recorded } from './publication';
import { judgeReception, type Received } from './reception';
import { judgeState } from './state';

const kindsOf = (findings: readonly Finding[]): string[] => [...new Set(findings.map(({ kind }) => kind))].sort();
const placed = (aggregate: string, sequence: number): Placed => ({
  id: `${aggregate}${sequence}`,
  aggregate: `plan ${aggregate}`,
  sequence,
});
const [a1, a2, a3, b1] = [placed('a', 1), placed('a', 2), placed('a', 3), placed('b', 1)];

describe('publication', () => {
  const recorded = (one: Placed, change: Partial<Recorded> = {}): Recorded => ({
    ...one,
    subject: 'cases.plan.approved.v1',
    digest: one.id,
    ...change,
  });
  const committed = [a1, a2, b1].map((one) => recorded(one));

  test.each<[string, Recorded[], string[]]>([
    ['all there, aggregates mixed', [recorded(b1), recorded(a1), recorded(a2)], []],
    ['a copy behind its successor', [recorded(a1), recorded(a2), recorded(a1), recorded(b1)], []],
    ['one missing', [recorded(a1), recorded(b1)], ['lost']],
    ['first copies in the wrong order', [recorded(a2), recorded(a1), recorded(b1)], ['outOfOrder']],
    ['other bytes', [recorded(a1, { digest: 'x' }), recorded(a2), recorded(b1)], ['altered']],
    ['another subject', [recorded(a1, { subject: 'x' }), recorded(a2), recorded(b1)], ['altered']],
    ['one that nobody committed', [...committed, recorded(a3)], ['unaccounted']],
  ])('%s', (_, streamed, kinds) => {
    expect(kindsOf(judgePublication(committed, streamed).findings)).toEqual(kinds);
  });

  test('counts copies, and knows what the test itself has sent', () => {
    const streamed = [...committed, recorded(a1), recorded(a3)];
    expect(judgePublication(committed, streamed, new Set([a3.id]))).toEqual({ findings: [], copies: 1 });
  });
});

describe('consumption', () => {
  const parked: Letter = { ...a2, reason: 'REFUSED' };
  test.each<[string, Placed[], Letter[], string[]]>([
    ['each once and in order', [a1, b1, a2], [], []],
    ['one without effect', [a1, b1], [], ['lost']],
    ['one with two effects', [a1, a2, a2, b1], [], ['twice']],
    ['one handled before its predecessor', [a2, a1, b1], [], ['outOfOrder']],
    ['one that nobody committed', [a1, a2, b1, placed('c', 1)], [], ['unaccounted']],
    ['one parked, and nothing of its aggregate after it', [a1, b1], [parked], []],
    ['one parked that took effect all the same', [a1, a2, b1], [parked], ['twice']],
  ])('%s', (_, effects, letters, kinds) => {
    expect(kindsOf(judgeConsumption('a consumer', [a1, a2, b1], effects, letters))).toEqual(kinds);
  });

  test('what comes behind a parked one must wait', () => {
    expect(kindsOf(judgeConsumption('a consumer', [a1, a2, a3], [a1, a3], [parked]))).toEqual(['outOfOrder']);
  });
});

describe('reception', () => {
  const received = (one: Placed, place: number, change: Partial<Received> = {}): Received => ({
    ...one,
    place,
    verified: true,
    digest: one.id,
    ...change,
  });
  const entitled = [a1, a2, b1].map((one) => ({ ...one, digest: one.id }));

  test.each<[string, Received[], string[]]>([
    ['each once, in order, without holes', [received(a1, 1), received(b1, 2), received(a2, 3)], []],
    ['a repetition', [received(a1, 1), received(a1, 1), received(b1, 2), received(a2, 3)], []],
    ['one never came', [received(a1, 1), received(a2, 2)], ['lost']],
    ['a hole in the subscription', [received(a1, 1), received(b1, 2), received(a2, 4)], ['lost']],
    ['the later one first', [received(a2, 1), received(a1, 2), received(b1, 3)], ['outOfOrder']],
    [
      'a wrong signature',
      [received(a1, 1), received(b1, 2), received(a2, 3, { verified: false })],
      ['altered', 'lost'],
    ],
    ['other bytes', [received(a1, 1), received(b1, 2), received(a2, 3, { digest: 'x' })], ['altered']],
    ['one of somebody else', [received(a1, 1), received(b1, 2), received(a2, 3), received(a3, 4)], ['unaccounted']],
    ['two in one place', [received(a1, 1), received(b1, 2), received(a2, 2)], ['lost', 'twice']],
  ])('%s', (_, webhooks, kinds) => {
    expect(kindsOf(judgeReception('a partner', entitled, webhooks))).toEqual(kinds);
  });
});

describe('state', () => {
  test.each<[string, number, Placed[], string[]]>([
    ['version and last event agree', 2, [a1, a2], []],
    ['a change without its event', 3, [a1, a2], ['lost']],
    ['an event without its change', 1, [a1, a2], ['unaccounted']],
    ['a hole in the history', 3, [a1, a3], ['lost']],
    ['two events with one number', 2, [a1, a2, { ...a2, id: 'other' }], ['twice']],
  ])('%s', (_, version, committed, kinds) => {
    expect(kindsOf(judgeState([{ aggregate: 'plan a', version }], committed))).toEqual(kinds);
  });
});
