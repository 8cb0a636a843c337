import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { Clock } from '@okienko/messaging/clock';
import { freshContext, withContext } from '@okienko/messaging/context';
import { Worker } from '@okienko/messaging/worker';
import { decryptField } from '@okienko/privacy/sealed-column';
import { DataSource } from 'typeorm';
import { delayAfter, mailDelays } from '../back-off';
import { NotificationsConfig } from '../config';
import { Leases, leaseTime } from '../lease';
import { RecipientQueries } from '../recipients/recipients.queries';
import type { Letter } from './letter-writer';
import { type MailOutcome, outcomeOf } from './mail-outcome';
import { Mailer } from './mailer';
import { letterPlace, MessageCommands } from './messages.commands';

interface Due {
  readonly id: string;
  readonly causeId: string;
  readonly personId: string;
  readonly content: Buffer | null;
  readonly attempts: number;
}

const atOnce = 5;

/** Sends what is due. Any number of replicas may run it: whoever leases a message sends it. */
@Injectable()
export class MessageWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: Worker;
  private readonly leases = new Leases<Due>((held) => this.renew(held));

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly recipients: RecipientQueries,
    private readonly messages: MessageCommands,
    private readonly mailer: Mailer,
    private readonly config: NotificationsConfig,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    const onError = (error: unknown): void => this.log.warn({ error: String(error) }, 'messages.stumbled');
    this.worker = new Worker('messages', () => this.sendDue(), 250, onError);
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
    this.mailer.close();
  }

  private async sendDue(): Promise<boolean> {
    const due = await this.lease();
    // What a message causes is caused by the same event as the message itself.
    const results = await Promise.allSettled(
      due.map((one) =>
        withContext({ ...freshContext(), causationId: one.causeId }, () =>
          this.leases.during(one, () => this.settle(one)),
        ),
      ),
    );
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    return due.length === atOnce;
  }

  private lease(): Promise<Due[]> {
    const now = this.clock.now();
    return this.dataSource
      .query<[Due[], number]>(
        `update message m set next_attempt_at = $2, attempts = m.attempts + 1
         from (select id from message where state = 'QUEUED' and next_attempt_at <= $1
               order by next_attempt_at limit $3 for update skip locked) due
         where m.id = due.id
         returning m.id, m.cause_id as "causeId", m.person_id as "personId", m.content, m.attempts`,
        [now, new Date(now.getTime() + leaseTime), atOnce],
      )
      .then(([rows]) => rows);
  }

  private renew(held: readonly Due[]): Promise<unknown> {
    return this.dataSource.query(
      `update message m set next_attempt_at = $1 from unnest($2::uuid[], $3::int[]) as held(id, attempts)
       where m.id = held.id and m.attempts = held.attempts and m.state = 'QUEUED'`,
      [
        new Date(this.clock.now().getTime() + leaseTime),
        held.map(({ id }) => id),
        held.map(({ attempts }) => attempts),
      ],
    );
  }

  private async settle(message: Due): Promise<void> {
    const { id, personId, content } = message;
    const recipient = content && (await this.recipients.find(this.dataSource, personId));
    const key = content && (await this.recipients.existingKeyOf(this.dataSource, personId));
    if (!recipient?.email || !content || !key) return this.messages.abandon(id, 'NO_ADDRESS');
    const letter = JSON.parse(decryptField(key, content, letterPlace(id))) as Letter;
    const outcome = await this.mailer
      .send(id, { name: recipient.name, address: recipient.email }, letter)
      .then((): MailOutcome => 'SENT', outcomeOf);
    this.log.info({ messageId: id, causeId: message.causeId, attempt: message.attempts, outcome }, 'message.attempted');
    // Should recording fail, the lease runs out and the same message goes out again under the same Message-ID: late rather than never.
    if (outcome === 'SENT') await this.messages.handOver(id);
    else if (outcome === 'REFUSED') await this.messages.abandon(id, 'REFUSED');
    else if (message.attempts >= this.config.MESSAGE_ATTEMPTS) await this.messages.abandon(id, 'UNREACHABLE');
    else await this.postpone(message);
  }

  private async postpone({ id, attempts }: Due): Promise<void> {
    const next = new Date(this.clock.now().getTime() + delayAfter(attempts, mailDelays, Math.random));
    await this.dataSource.query(
      `update message set next_attempt_at = $2 where id = $1 and state = 'QUEUED' and attempts = $3`,
      [id, next, attempts],
    );
  }
}
