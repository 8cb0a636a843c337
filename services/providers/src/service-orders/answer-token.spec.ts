import { addDays, dayOf } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { type AnswerToken, endOf, spend } from './answer-token';
import { AnswerTokenSpent } from './service-order-errors';

const token: AnswerToken = { id: 'newest', expiresAt: '2026-03-05T23:00:00.000Z', used: [], revoked: false };

describe('a token for an answer', () => {
  it('is good for each act once', () => {
    const after = spend(token, 'newest', 'ACCEPT');
    expect(() => spend(after, 'newest', 'ACCEPT')).toThrow(AnswerTokenSpent);
    expect(spend(after, 'newest', 'DECLINE').used).toEqual(['ACCEPT', 'DECLINE']);
  });

  it('is good for nothing once it is replaced or taken back', () => {
    expect(() => spend(null, 'newest', 'ACCEPT')).toThrow(AnswerTokenSpent);
    expect(() => spend(token, 'older', 'ACCEPT')).toThrow(AnswerTokenSpent);
    expect(() => spend({ ...token, revoked: true }, 'newest', 'DECLINE')).toThrow(AnswerTokenSpent);
  });

  it('counts to the last moment of its day in Poland, in summer, in winter and when the clocks change', () => {
    expect(endOf('2026-03-05').toISOString()).toBe('2026-03-05T23:00:00.000Z');
    expect(endOf('2026-03-29').toISOString()).toBe('2026-03-29T22:00:00.000Z');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), (offset) => {
        const day = addDays('2020-01-01', offset);
        const end = endOf(day);
        expect([dayOf(new Date(end.getTime() - 1)), dayOf(end)]).toEqual([day, addDays(day, 1)]);
      }),
    );
  });
});
