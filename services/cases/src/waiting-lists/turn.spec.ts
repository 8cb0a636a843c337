import type { Criteria } from '@okienko/contracts/criteria/criteria';
import { turnOf } from './turn';

const old: Criteria = [{ anyOf: [{ allOf: [{ kind: 'AGE', from: 80 }] }] }];
const alone: Criteria = [{ anyOf: [{ allOf: [{ kind: 'HOUSEHOLD', of: 'OTHERS', to: 0 }] }] }];
const priorities = [
  { code: 'OLD', criteria: old },
  { code: 'ALONE', criteria: alone },
] as unknown as Parameters<typeof turnOf>[1];
const filedAt = new Date('2026-03-02T09:00:00Z');
const on = { on: '2026-03-02', serviceCode: 'teleopieka' };

test('a turn is the time of filing and the first priority that is met; what is not known is none', () => {
  const rankOf = (facts: object): [number, string | null] => {
    const { rank, priorityCode } = turnOf(filedAt, priorities, { ...on, ...facts });
    return [rank, priorityCode];
  };
  expect(rankOf({ birthDate: '1940-01-01', household: [] })).toEqual([0, 'OLD']);
  expect(rankOf({ birthDate: '1980-01-01', household: [] })).toEqual([1, 'ALONE']);
  expect(rankOf({})).toEqual([2, null]);
  expect(turnOf(filedAt, [], on)).toEqual({ filedAt, rank: 0, priorityCode: null });
});
