import { hkdfSync } from 'node:crypto';
import type { Changed } from '@okienko/chassis/http';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { Injectable } from '@nestjs/common';
import { jwtVerify, SignJWT } from 'jose';
import { ProvidersConfig } from '../config';
import { AnswerTokensOff } from '../service-orders/service-order-errors';

const [alg, typ, audience] = ['HS256', 'okienko-survey+jwt', 'okienko-providers-survey'] as const;

export interface IssuedSurveyToken extends Changed {
  readonly tokenId: string;
  readonly expiresAt: string;
}

/** Signs and checks the tokens by which a survey is answered without an account. They are not kept and name nobody. */
@Injectable()
export class SurveyTokenIssuer {
  private readonly key: Uint8Array | undefined;

  constructor(
    { ANSWER_TOKEN_KEY: secret }: ProvidersConfig,
    private readonly clock: Clock,
  ) {
    this.key = secret === undefined ? undefined : new Uint8Array(hkdfSync('sha256', secret, '', 'survey token', 32));
  }

  assertOn(): void {
    if (!this.key) throw new AnswerTokensOff();
  }

  sign({ id, tokenId, expiresAt }: IssuedSurveyToken): Promise<string> {
    return new SignJWT()
      .setProtectedHeader({ alg, typ })
      .setSubject(id)
      .setJti(tokenId)
      .setAudience(audience)
      .setExpirationTime(new Date(expiresAt))
      .sign(this.key ?? new Uint8Array());
  }

  /** The id of a token of this survey; to whoever has none it does not exist. Whether the token still counts, the survey says. */
  async tokenIdOf(token: string, surveyId: string): Promise<string> {
    try {
      const expected = { algorithms: [alg], typ, audience, subject: surveyId, currentDate: this.clock.now() };
      const { payload } = await jwtVerify(token, this.key ?? new Uint8Array(), {
        ...expected,
        requiredClaims: ['jti', 'exp'],
      });
      return String(payload.jti);
    } catch {
      throw new NotFound('survey');
    }
  }
}
