import { Authentication } from '@okienko/chassis/authentication';
import { TestIssuer } from '@okienko/testing/test-issuer';
import { badTokens } from './bad-tokens';

let issuer: TestIssuer;
let authentication: Authentication;
beforeAll(async () => {
  issuer = await TestIssuer.start();
  authentication = new Authentication({ issuer: issuer.url, audience: 'okienko' });
});
afterAll(() => issuer.stop());

const director = { sub: 'director-zofia', roles: ['director'] } as const;

test('of more than thirty kinds of bad tokens none is accepted, and a good one is', async () => {
  const bad = (await badTokens(issuer, director)).filter(([, token]) => token !== undefined);
  expect(new Set(bad.map(([fault]) => fault)).size).toBeGreaterThanOrEqual(40);
  const accepted: string[] = [];
  for (const [fault, token = ''] of bad) {
    const refusal = await authentication.check(token).then(
      () => accepted.push(fault),
      (error: unknown) => error,
    );
    if (!accepted.includes(fault))
      expect([fault, refusal]).toEqual([fault, expect.objectContaining({ code: 'not-authenticated' })]);
  }
  expect(accepted).toEqual([]);
  const { principal } = await authentication.check(`Bearer ${await issuer.token(director)}`);
  expect(principal).toEqual(director);
});
