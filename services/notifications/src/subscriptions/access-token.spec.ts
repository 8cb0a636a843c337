import * as fc from 'fast-check';
import { AccessToken, NoToken, type TokenAnswer } from './access-token';

let fetched = 0;
let now = 0;
const bearer = (text: string, more: object = { expires_in: 300 }): TokenAnswer => ({
  status: 200,
  body: JSON.stringify({ access_token: text, token_type: 'Bearer', ...more }),
});
const tokens = (answer: (count: number) => TokenAnswer = (count) => bearer(`t${count}`)) =>
  new AccessToken(
    () => Promise.resolve(answer((fetched += 1))),
    () => now,
  );
beforeEach(() => {
  fetched = 0;
  now = 0;
});

describe('a token for a sink', () => {
  it('is fetched once for all who ask together, and kept until shortly before its end', async () => {
    const token = tokens();
    expect(await Promise.all([token.get(), token.get(), token.get()])).toEqual(['t1', 't1', 't1']);
    now = 269_000;
    expect(await token.get()).toBe('t1');
    now = 271_000;
    expect(await token.get()).toBe('t2');
  });

  it('is thrown away when the sink does not take it, and only then', async () => {
    const token = tokens();
    const first = await token.get();
    token.forget(first);
    expect(await token.get()).toBe('t2');
    token.forget(first);
    expect(await token.get()).toBe('t2');
  });

  it.each([
    [{ errorCode: 'ECONNREFUSED' }, 'TOKEN_ECONNREFUSED'],
    [{ status: 401, body: '{"error":"invalid_client"}' }, 'TOKEN_STATUS_401'],
    [{ status: 302 }, 'TOKEN_STATUS_302'],
    [{ status: 200, body: 'null' }, 'TOKEN_MALFORMED'],
    [{ status: 200, body: '<html>' }, 'TOKEN_MALFORMED'],
    [{ status: 200, body: '{"access_token":"x","token_type":"mac"}' }, 'TOKEN_MALFORMED'],
    [bearer('a b'), 'TOKEN_MALFORMED'],
    [bearer('a\r\nX-Evil: 1'), 'TOKEN_MALFORMED'],
  ])('is not made of %j, and the next who asks tries again', async (answer, code) => {
    const token = tokens((count) => (count === 1 ? answer : bearer('good')));
    await expect(token.get()).rejects.toMatchObject({ constructor: NoToken, code });
    expect(await token.get()).toBe('good');
  });

  it('is never used after its end, whatever the server says of it', async () => {
    const life = fc.oneof(fc.integer({ min: -5, max: 1e9 }), fc.constantFrom(undefined, null, 'x', '60', 1e300));
    await fc.assert(
      fc.asyncProperty(life, async (expires_in) => {
        const token = tokens((count) => bearer(`t${count}`, { expires_in }));
        const first = await token.get();
        now += Number(expires_in) > 0 ? Math.min(Number(expires_in), 86_400) * 1000 : 300_000;
        expect(await token.get()).not.toBe(first);
      }),
    );
  });
});
