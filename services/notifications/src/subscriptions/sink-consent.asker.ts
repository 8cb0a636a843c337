import { Injectable } from '@nestjs/common';
import { NotificationsConfig } from '../config';
import { type Credential, SinkClient } from '../dispatches/sink-client';
import { addressesOf } from './addresses';
import { agreedRate, type Handshake, SinkDoesNotAgree } from './handshake';
import { allowedSinks, assertSink, placeOf } from './sink';

export interface Agreed {
  readonly sink: string;
  readonly postsPerMinute: number | undefined;
}

/** Whether a place may be posted to at all, and wants to be. Asked outside of transactions: no connection to the database waits for somebody's server. */
@Injectable()
export class SinkConsent {
  private readonly allowed: ReadonlySet<string>;
  private readonly origin: string;

  constructor(
    private readonly client: SinkClient,
    config: NotificationsConfig,
  ) {
    this.allowed = allowedSinks(config.ALLOWED_PRIVATE_SINKS);
    this.origin = originOf(config);
  }

  async of(text: string, handshake: Handshake | undefined, credential: Credential | undefined): Promise<Agreed> {
    await assertSink(text, this.allowed, addressesOf);
    const sink = new URL(text);
    return { sink: sink.href, postsPerMinute: await this.shakeHands(sink, handshake, credential) };
  }

  private async shakeHands(sink: URL, asked: Handshake | undefined, credential: Credential | undefined) {
    const isAllowed = this.allowed.has(placeOf(sink));
    const handshake = asked ?? (isAllowed ? 'NONE' : 'OPTIONS');
    if (handshake === 'OPTIONS') {
      const answer = await this.client.ask(sink.href, { 'webhook-request-origin': this.origin }, credential);
      return agreedRate(answer, this.origin);
    }
    if (!isAllowed)
      throw new SinkDoesNotAgree(
        'A sink on the public internet is asked before anything is posted to it. Leave out "handshake".',
      );
    return undefined;
  }
}

/** The name by which sinks know the centre: where it is on the web, else where its mails come from. */
const originOf = ({ PUBLIC_URL, MAIL_FROM }: NotificationsConfig): string =>
  PUBLIC_URL === undefined ? (/@([^\s@<>]+)>?$/.exec(MAIL_FROM)?.[1] ?? 'localhost') : new URL(PUBLIC_URL).hostname;
