import fc from 'fast-check';
import { outcomeOfSms, waitAskedFor } from './sms-outcome';

const now = new Date('2026-03-02T08:00:00Z');

describe('an answer of the gateway', () => {
  it.each([
    [
      { status: 200, providerId: 'abc' },
      { kind: 'HANDED_OVER', providerId: 'abc' },
    ],
    [{ status: 202 }, { kind: 'HANDED_OVER' }],
    [{ status: 409 }, { kind: 'HANDED_OVER' }],
    [{ status: 400 }, { kind: 'REFUSED', code: 'HTTP_400' }],
    [{ status: 422 }, { kind: 'REFUSED', code: 'HTTP_422' }],
    [{ status: 401 }, { kind: 'NOT_NOW', code: 'HTTP_401', isOutage: true }],
    [{ status: 302 }, { kind: 'NOT_NOW', code: 'HTTP_302', isOutage: true }],
    [
      { status: 500, retryAfter: '60' },
      { kind: 'NOT_NOW', code: 'HTTP_500', isOutage: true },
    ],
    [
      { status: 429, retryAfter: '60' },
      { kind: 'NOT_NOW', code: 'HTTP_429', isOutage: true, notBefore: new Date('2026-03-02T08:01:00Z') },
    ],
    [
      { status: 503, retryAfter: 'Mon, 02 Mar 2026 08:00:30 GMT' },
      { kind: 'NOT_NOW', code: 'HTTP_503', isOutage: true, notBefore: new Date('2026-03-02T08:00:30Z') },
    ],
    [{ errorCode: 'TIMEOUT' }, { kind: 'NOT_NOW', code: 'TIMEOUT', isOutage: true }],
  ])('%j means %j', (answer, expected) => {
    expect(outcomeOfSms(answer, now)).toEqual(expected);
  });

  it('may ask for a second to a day, or says nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String)), (header) => {
        const wait = waitAskedFor(header, now);
        if (wait !== undefined) expect(wait >= 1000 && wait <= 86_400_000).toBe(true);
      }),
    );
  });
});
