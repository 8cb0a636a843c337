import { Injectable } from '@nestjs/common';
import { SinkClient } from '../dispatches/sink-client';
import { CredentialKeeper } from '../subscriptions/credentials.keeper';
import { signedHeaders } from '../subscriptions/signed-headers';
import type { Way } from '../subscriptions/subscriptions.queries';
import { WebhookSecrets } from '../subscriptions/webhook-secret';
import { bodyOf, type Notice } from './notice';
import type { TestedSink } from './heartbeats.dto';

/** Posts what is said about a subscription itself, signed as its events are. */
@Injectable()
export class NoticeSender {
  constructor(
    private readonly secrets: WebhookSecrets,
    private readonly client: SinkClient,
    private readonly credentials: CredentialKeeper,
  ) {}

  async send(way: Way, notice: Notice): Promise<TestedSink> {
    const body = bodyOf(notice);
    const began = performance.now();
    const { status = null, errorCode = null } = await this.client.post(
      way.sink,
      signedHeaders(this.secrets, way, notice.id, body),
      body,
      await this.credentials.of(way),
    );
    return { eventId: notice.id, status, errorCode, milliseconds: Math.round(performance.now() - began) };
  }
}
