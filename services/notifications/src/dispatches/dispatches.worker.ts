import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { Worker } from '@okienko/messaging/worker';
import { CredentialKeeper } from '../subscriptions/credentials.keeper';
import { signedHeaders } from '../subscriptions/signed-headers';
import { WebhookSecrets } from '../subscriptions/webhook-secret';
import { Leases } from '../lease';
import { DispatchCommands, type Leased } from './dispatches.commands';
import { SinkClient } from './sink-client';

/** Posts what is due to the partners' sinks. Nobody waits for a slow sink but those who come after in the same lane. */
@Injectable()
export class DispatchWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: Worker;
  private readonly underWay = new Set<Promise<void>>();
  private readonly leases: Leases<Leased>;

  constructor(
    private readonly dispatches: DispatchCommands,
    private readonly secrets: WebhookSecrets,
    private readonly client: SinkClient,
    private readonly credentials: CredentialKeeper,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.leases = new Leases((held) => this.dispatches.renew(held));
    const onError = (error: unknown): void => this.log.warn({ error: String(error) }, 'dispatches.stumbled');
    this.worker = new Worker('dispatches', () => this.sendDue(), 250, onError);
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
    await Promise.all(this.underWay);
    await this.client.close();
  }

  private async sendDue(): Promise<boolean> {
    const leased = await this.dispatches.lease();
    for (const one of leased) {
      const sending = this.leases
        .during(one, () => this.send(one))
        // Not recorded, so the lease runs out and it is sent again: partners know a repetition by its webhook-id.
        .catch((error: unknown) => this.log.warn({ ...about(one), error: String(error) }, 'webhook.unrecorded'))
        .finally(() => {
          this.underWay.delete(sending);
          this.worker.wake();
        });
      this.underWay.add(sending);
    }
    return false;
  }

  private async send(leased: Leased): Promise<void> {
    if (!leased.granted) {
      await this.dispatches.withhold(leased);
      return this.log.info({ ...about(leased), next: 'WITHHELD' }, 'webhook.withheld');
    }
    const began = performance.now();
    const { sink, eventId, sequence, body } = leased;
    const headers = signedHeaders(this.secrets, leased, eventId, body);
    const credential = await this.credentials.of(leased);
    const answer = await this.client.post(sink, { ...headers, 'okienko-sequence': String(sequence) }, body, credential);
    const milliseconds = Math.round(performance.now() - began);
    const next = await this.dispatches.record(leased, answer, milliseconds);
    this.log.info({ ...about(leased), ...answer, ms: milliseconds, next }, 'webhook.attempted');
  }
}

/** Never the sink: its path may be a secret of the partner. */
const about = ({ subscriptionId, partnerId, sequence, eventId, name, attempts }: Leased) => ({
  subscriptionId,
  partnerId,
  sequence,
  eventId,
  event: name,
  attempt: attempts,
});
