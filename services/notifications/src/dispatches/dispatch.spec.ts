import { type Answer, judge, patience } from './dispatch';

const firstAt = new Date('2026-03-02T08:00:00Z');
const seconds = (count: number) => new Date(firstAt.getTime() + count * 1000);
const never = () => 0;
const judged = (answer: Answer, attempts = 1, now = firstAt) => judge(answer, { firstAt, attempts }, now, never);

describe('the answer of a sink', () => {
  it.each([200, 201, 202, 204, 299])('%i means delivered', (status) => {
    expect(judged({ status })).toEqual({ next: 'DELIVERED' });
  });

  it.each([100, 301, 302, 307, 400, 401, 403, 404, 429, 500, 503])('%i means another attempt', (status) => {
    expect(judged({ status })).toEqual({ next: 'RETRY', at: seconds(5) });
  });

  it('410 pauses the subscription', () => {
    expect(judged({ status: 410 })).toEqual({ next: 'PAUSED' });
  });

  it('that never came means another attempt', () => {
    expect(judged({ errorCode: 'UND_ERR_CONNECT_TIMEOUT' }, 2)).toEqual({ next: 'RETRY', at: seconds(300) });
  });

  it('may ask to wait, in seconds or until a moment, and is heard within reason', () => {
    const after = (retryAfter: string, status = 429) => judged({ status, retryAfter });
    expect(after('120')).toEqual({ next: 'RETRY', at: seconds(120) });
    expect(after('120', 503)).toEqual({ next: 'RETRY', at: seconds(120) });
    expect(after('Mon, 02 Mar 2026 08:10:00 GMT')).toEqual({ next: 'RETRY', at: seconds(600) });
    expect(after('0')).toEqual({ next: 'RETRY', at: seconds(1) });
    expect(after('999999999')).toEqual({ next: 'RETRY', at: seconds(86_400) });
    expect(after('soon')).toEqual({ next: 'RETRY', at: seconds(5) });
    expect(after('120', 500)).toEqual({ next: 'RETRY', at: seconds(5) });
  });

  it('is waited for over three days and more, and then no longer', () => {
    let now = firstAt;
    let attempts = 1;
    for (
      let verdict = judged({ status: 500 });
      verdict.next === 'RETRY';
      verdict = judged({ status: 500 }, attempts, now)
    ) {
      now = verdict.at;
      attempts += 1;
    }
    expect(now.getTime() - firstAt.getTime()).toBeGreaterThanOrEqual(patience);
    expect(attempts).toBe(10);
    expect(judged({ status: 500 }, attempts, now)).toEqual({ next: 'PARKED' });
    expect(judged({ status: 503, retryAfter: '1' }, 1000, now)).toEqual({ next: 'PARKED' });
    expect(judged({ status: 200 }, attempts, now)).toEqual({ next: 'DELIVERED' });
  });
});
