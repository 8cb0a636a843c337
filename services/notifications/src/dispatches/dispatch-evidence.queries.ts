import { createPublicKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { Clock } from '@okienko/messaging/clock';
import { calculateJwkThumbprint, exportJWK, FlattenedSign } from 'jose';
import { DataSource } from 'typeorm';
import { SubscriptionQueries } from '../subscriptions/subscriptions.queries';
import { WebhookSecrets } from '../subscriptions/webhook-secret';
import { chained } from './dispatch-evidence';
import type { EvidenceKey, RangeOfNumbers } from './dispatches.dto';
import { assertRange, attemptColumns } from './dispatches.queries';

/** Numbers in one piece of evidence: what was answered to each may be long. */
const longestEvidence = 1_000;

const entries = `
  select d.sequence, d.event_id as "eventId", e.name, d.subject, encode(sha256(convert_to(e.body, 'UTF8')), 'hex') as "bodySha256",
    d.state, d.finished_at as "finishedAt", coalesce(a.made, '[]') as attempts
  from dispatch d join feed_event e on e.id = d.event_id
  left join lateral (select jsonb_agg(one order by one.at, one.attempt) as made from (
    select ${attemptColumns} from dispatch_attempt where subscription_id = d.subscription_id and sequence = d.sequence) one) a on true
  where d.subscription_id = $1 and d.sequence between $2 and $3 order by d.sequence`;

/** The log as something that can be shown to others: who reads it need not believe whoever hands it over. */
@Injectable()
export class DispatchEvidence {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly subscriptions: SubscriptionQueries,
    private readonly secrets: WebhookSecrets,
  ) {}

  /** The lines of the log, and a last one with their signature (RFC 7515, appendix F; RFC 7797: over the very bytes). */
  async export(id: string, { from, to }: RangeOfNumbers, caller: Principal): Promise<string> {
    assertRange({ from, to }, longestEvidence);
    const { partnerId } = await this.subscriptions.get(id, caller);
    const rows = await this.dataSource.query<object[]>(entries, [id, from, to]);
    const log = chained([{ subscription: id, partnerId, from, to, madeAt: this.clock.now() }, ...rows]);
    const { kid } = await this.key();
    const { protected: header = '', signature } = await new FlattenedSign(Buffer.from(log))
      .setProtectedHeader({ alg: 'EdDSA', b64: false, crit: ['b64'], kid })
      .sign(this.secrets.evidenceKey);
    return `${log}${JSON.stringify({ signature: `${header}..${signature}` })}\n`;
  }

  async key(): Promise<EvidenceKey> {
    const key = createPublicKey(this.secrets.evidenceKey);
    return {
      kid: await calculateJwkThumbprint(await exportJWK(key)),
      publicKey: key.export({ format: 'pem', type: 'spki' }).toString(),
    };
  }
}
