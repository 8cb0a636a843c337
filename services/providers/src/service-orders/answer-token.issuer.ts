import { hkdfSync } from 'node:crypto';
import type { Principal } from '@okienko/chassis/access';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { Injectable } from '@nestjs/common';
import { jwtVerify, SignJWT } from 'jose';
import { ProvidersConfig } from '../config';
import type { IssuedToken } from './order-correspondence.commands';
import { AnswerTokensOff } from './service-order-errors';

const [alg, typ, audience] = ['HS256', 'okienko-answer+jwt', 'okienko-providers-answer'] as const;

/** Signs and checks the tokens by which an order is answered without an account. They are not kept: the same facts give the same token. */
@Injectable()
export class AnswerTokenIssuer {
  private readonly key: Uint8Array | undefined;

  constructor(
    { ANSWER_TOKEN_KEY: secret }: ProvidersConfig,
    private readonly clock: Clock,
  ) {
    this.key = secret === undefined ? undefined : new Uint8Array(hkdfSync('sha256', secret, '', 'answer token', 32));
  }

  assertOn(): void {
    if (!this.key) throw new AnswerTokensOff();
  }

  sign({ id, tokenId, providerId, expiresAt }: IssuedToken): Promise<string> {
    return new SignJWT({ provider_id: providerId })
      .setProtectedHeader({ alg, typ })
      .setSubject(id)
      .setJti(tokenId)
      .setAudience(audience)
      .setExpirationTime(new Date(expiresAt))
      .sign(this.key ?? new Uint8Array());
  }

  /** Who holds a token of this order; to everybody else it does not exist. Whether the token still counts, the order says. */
  async holderOf(token: string, orderId: string): Promise<{ principal: Principal; tokenId: string }> {
    try {
      const expected = { algorithms: [alg], typ, audience, subject: orderId, currentDate: this.clock.now() };
      const { payload } = await jwtVerify(token, this.key ?? new Uint8Array(), {
        ...expected,
        requiredClaims: ['jti', 'exp', 'provider_id'],
      });
      const tokenId = String(payload.jti);
      const providerId = String(payload['provider_id']);
      return { principal: { sub: `answer-token:${tokenId}`, roles: ['provider'], providerId }, tokenId };
    } catch {
      throw new NotFound('service order');
    }
  }
}
