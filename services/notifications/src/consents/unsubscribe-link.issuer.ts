import { hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { jwtVerify, SignJWT } from 'jose';
import { NotificationsConfig } from '../config';
import { type Language, languageOf } from '../recipients/recipient';
import { lineWith } from './unsubscribe-page';

const [alg, typ, audience] = ['HS256', 'okienko-unsubscribe+jwt', 'okienko-notifications-unsubscribe'] as const;

/** What an e-mail that nobody owes the person carries. */
export interface WayOut {
  readonly headers: Readonly<Record<'List-Unsubscribe' | 'List-Unsubscribe-Post', string>>;
  /** The last line of its text. */
  readonly line: string;
}

/** Signs and checks the links by which somebody without an account wants no more of it. They name a message, never a person, and do not expire. */
@Injectable()
export class UnsubscribeLinks {
  private readonly key: Uint8Array | undefined;
  private readonly address: string | undefined;

  constructor({ UNSUBSCRIBE_KEY: secret, PUBLIC_URL }: NotificationsConfig) {
    this.key =
      secret === undefined ? undefined : new Uint8Array(hkdfSync('sha256', secret, '', 'unsubscribe link', 32));
    this.address = PUBLIC_URL?.replace(/\/$/, '');
  }

  /** None where this installation signs no links, or nobody could reach them. */
  async of(messageId: string, language: Language): Promise<WayOut | undefined> {
    if (!this.key || this.address === undefined) return undefined;
    const token = await new SignJWT({ lang: language })
      .setProtectedHeader({ alg, typ })
      .setSubject(messageId)
      .setAudience(audience)
      .sign(this.key);
    const link = `${this.address}/unsubscribe?token=${token}`;
    return {
      headers: { 'List-Unsubscribe': `<${link}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
      line: lineWith(language, link),
    };
  }

  /** The message that the link was in, and the language it was in. */
  async read(token: string): Promise<{ messageId: string; language: Language } | undefined> {
    if (!this.key) return undefined;
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: [alg],
        typ,
        audience,
        requiredClaims: ['sub', 'lang'],
      });
      const language = languageOf({ language: String(payload['lang']), form: 'STANDARD' });
      return { messageId: String(payload.sub), language };
    } catch {
      return undefined;
    }
  }
}
