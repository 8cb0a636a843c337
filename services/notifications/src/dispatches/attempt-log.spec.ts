import { type Attempted, keptBody, keptHeaders, keptRequest } from './attempt-log';

const attempted = (answer: Attempted['answer'] = { status: 204 }): Attempted => ({
  request: { 'webhook-id': 'one', 'webhook-signature': 'v1,secret', Authorization: 'Bearer secret' },
  answer,
  milliseconds: 3,
});

describe('the log of an attempt', () => {
  it('keeps no header by which one could post in the name of the centre', () => {
    expect(JSON.parse(keptRequest(attempted()))).toEqual({ 'webhook-id': 'one' });
  });

  it('keeps of the answer what tells who answered and why', () => {
    const headers = { server: 'nginx', 'set-cookie': ['session=secret'], location: '/hook/secret', 'retry-after': '7' };
    const answer = { status: 429, said: { headers, begins: 'slow\0 down' } };
    expect(JSON.parse(keptHeaders(attempted(answer)) ?? '')).toEqual({ server: 'nginx', 'retry-after': '7' });
    expect(keptBody(attempted(answer))).toBe('slow down');
  });

  it('keeps nothing where there was no answer', () => {
    const silent = attempted({ errorCode: 'ECONNREFUSED' });
    expect([keptHeaders(silent), keptBody(silent)]).toEqual([null, null]);
  });
});
