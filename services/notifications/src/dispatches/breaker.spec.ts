import { isDown } from './breaker';

describe('a sink', () => {
  it.each([
    { errorCode: 'ECONNREFUSED' },
    { errorCode: 'SINK_NOT_PUBLIC' },
    { status: 408 },
    { status: 500 },
    { status: 503 },
  ])('is down when it answers %j', (answer) => expect(isDown(answer)).toBe(true));

  it.each([
    { status: 204 },
    { status: 302 },
    { status: 400 },
    { status: 401 },
    { status: 404 },
    { status: 410 },
    { status: 422 },
    { status: 429 },
  ])('is there when it answers %j', (answer) => expect(isDown(answer)).toBe(false));
});
