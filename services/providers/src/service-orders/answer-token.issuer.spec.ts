import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { SignJWT, UnsecuredJWT } from 'jose';
import { ProvidersConfig } from '../config';
import { AnswerTokenIssuer } from './answer-token.issuer';
import { AnswerTokensOff } from './service-order-errors';

const order = '0197a000-0000-7000-8000-000000000009';
const issued = {
  id: order,
  version: 2,
  tokenId: '0197a000-0000-7000-8000-000000000022',
  providerId: '0197a000-0000-7000-8000-000000000010',
  expiresAt: '2026-03-05T23:00:00.000Z',
};
const at = (moment: string): Clock => ({ now: () => new Date(moment) });
const inTime = at('2026-03-05T22:59:00Z');
const issuer = (key?: string, clock = inTime): AnswerTokenIssuer =>
  new AnswerTokenIssuer(
    Object.assign(new ProvidersConfig(), key === undefined ? {} : { ANSWER_TOKEN_KEY: key }),
    clock,
  );
const key = 'a'.repeat(44);
const refused = expect.any(NotFound);

describe('a signed token', () => {
  it('says who holds it, and is the same whenever it is signed', async () => {
    const token = await issuer(key).sign(issued);
    expect(await issuer(key).sign(issued)).toBe(token);
    expect(await issuer(key).holderOf(token, order)).toEqual({
      tokenId: issued.tokenId,
      principal: { sub: `answer-token:${issued.tokenId}`, roles: ['provider'], providerId: issued.providerId },
    });
  });

  it('counts for its order, its day and its key alone', async () => {
    const token = await issuer(key).sign(issued);
    await expect(issuer(key).holderOf(token, issued.providerId)).rejects.toEqual(refused);
    await expect(issuer(key, at('2026-03-05T23:00:01Z')).holderOf(token, order)).rejects.toEqual(refused);
    await expect(issuer('b'.repeat(44)).holderOf(token, order)).rejects.toEqual(refused);
    for (const none of ['', 'x.y.z', `${token},${token}`])
      await expect(issuer(key).holderOf(none, order)).rejects.toEqual(refused);
  });

  it('cannot be made by somebody else', async () => {
    const claims = { sub: order, jti: 'x', exp: 4102444800, provider_id: 'p', aud: 'okienko-providers-answer' };
    const typ = 'okienko-answer+jwt';
    const unsigned = new UnsecuredJWT(claims).encode();
    const byAnEmptyKey = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ }).sign(new Uint8Array(32));
    for (const forged of [unsigned, byAnEmptyKey])
      for (const service of [issuer(key), issuer()])
        await expect(service.holderOf(forged, order)).rejects.toEqual(refused);
  });

  it('is not to be had where there is no key', () => {
    expect(() => issuer().assertOn()).toThrow(AnswerTokensOff);
    expect(() => issuer(key).assertOn()).not.toThrow();
  });
});
