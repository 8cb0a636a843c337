import type { Logger } from '@okienko/chassis/create-service';
import type { Clock } from '@okienko/messaging/clock';
import type { Tracing } from '@okienko/messaging/tracing';
import { Worker } from '@okienko/messaging/worker';
import type { Counter } from 'prom-client';
import type { Channel, ChannelCode, Outcome } from '../channels/channel';
import { Gathering } from '../gathering';
import type { GatewayCommands } from '../gateways/gateways.commands';
import { Leases } from '../lease';
import type { LastLook, Look } from './last-look.queries';
import type { Attempted, Due, Result, SendingCommands } from './sending.commands';

export interface SenderParts {
  readonly sending: SendingCommands;
  readonly lastLook: LastLook;
  readonly gateways: GatewayCommands;
  readonly clock: Clock;
  readonly log: Logger;
  readonly tracing: Tracing;
  readonly attempts: Counter<'channel' | 'outcome'>;
}

type Turn = Pick<Attempted, 'result' | 'hash' | 'traceparent'>;

/** Messages under way at a time by one channel of one replica. */
const window = 32;
const lookForStaleEvery = 30_000;

/** Sends what is due by one channel, and waits for nobody else's. Any number of replicas may run it: whoever leases a message sends it. */
export class Sender {
  private readonly worker: Worker;
  private readonly underWay = new Set<Promise<void>>();
  private readonly leases: Leases<Due>;
  private readonly records: Gathering<Attempted>;
  private wasFull = false;
  private lookedForStaleAt = 0;

  constructor(
    private readonly code: ChannelCode,
    private readonly channel: Channel | undefined,
    private readonly parts: SenderParts,
    idleMilliseconds: number,
  ) {
    const { sending, log } = parts;
    this.leases = new Leases((held) => sending.renew(held));
    this.records = new Gathering((attempted) => sending.record(attempted));
    this.worker = new Worker(
      `messages by ${code}`,
      () => this.sendDue(),
      idleMilliseconds,
      (error) => log.warn({ channel: code, error: String(error) }, 'messages.stumbled'),
    );
  }

  start(): void {
    this.worker.start();
  }

  wake(): void {
    this.worker.wake();
  }

  async stop(): Promise<void> {
    await this.worker.stop();
    await Promise.all(this.underWay);
  }

  private async sendDue(): Promise<boolean> {
    const room = window - this.underWay.size;
    // Half of it at least, so that one statement takes out many.
    if (room < window / 2) return false;
    const due = await this.parts.sending.lease(this.code, room);
    this.wasFull = due.length === room;
    const looks = due.length > 0 ? this.parts.lastLook.atAll(due) : Promise.resolve([]);
    for (const [index, one] of due.entries())
      this.track(one, () =>
        looks.then((all) => this.attempt(one, all[index])).catch((error: unknown) => this.failed(one, error)),
      );
    for (const one of await this.stale())
      this.track(one, () => Promise.resolve({ result: { kind: 'WAITED_TOO_LONG' } }));
    return false;
  }

  private async stale(): Promise<Due[]> {
    if (Date.now() - this.lookedForStaleAt < lookForStaleEvery) return [];
    this.lookedForStaleAt = Date.now();
    return this.parts.sending.leaseWaitedTooLong(this.code);
  }

  private track(message: Due, act: () => Promise<Turn>): void {
    const { log } = this.parts;
    const sending = this.leases
      .during(message, async () => this.record({ message, at: this.parts.clock.now(), ...(await act()) }))
      // Should recording fail, the lease runs out and the same message goes out again under the same id: late rather than never.
      .catch((error: unknown) => log.warn({ messageId: message.id, error: String(error) }, 'message.unrecorded'))
      .finally(() => {
        this.underWay.delete(sending);
        if (this.wasFull && this.underWay.size <= window / 2) this.worker.wake();
      });
    this.underWay.add(sending);
  }

  private async attempt(message: Due, looked: Look | undefined): Promise<Turn> {
    if (looked?.status !== 'fulfilled') throw looked?.reason;
    const look = looked.value;
    if (look.kind !== 'READY') return { result: look };
    const { recipient, letter, hash, wayOut } = look;
    if (!this.channel?.reaches(recipient)) return { result: { kind: 'NO_ADDRESS' } };
    const { id: messageId, attempts: attempt } = message;
    const span = this.parts.tracing.begin({
      name: `send ${this.code}`,
      kind: 'CLIENT',
      parent: message.traceparent ?? undefined,
      attributes: { 'okienko.message.channel': this.code, 'okienko.message.attempt': attempt },
    });
    const outcome = await this.channel.send({ messageId, attempt, letter, ...(wayOut && { wayOut }) }, recipient);
    span?.end({ 'okienko.message.outcome': outcome.kind }, 'code' in outcome ? outcome.code : undefined);
    await this.tellGateway(message, outcome);
    return { result: outcome, hash, traceparent: span?.traceparent };
  }

  /** Our own fault, and counted like any other attempt: what can never be read ends with staff too. */
  private failed({ id: messageId }: Due, error: unknown): { result: Result } {
    this.parts.log.error({ messageId, channel: this.code, error: String(error) }, 'message.failed');
    return { result: { kind: 'NOT_NOW', code: 'FAILED_HERE' } };
  }

  /** What everybody knows already is not told again. */
  private async tellGateway({ failures }: Due, outcome: Outcome): Promise<void> {
    const isOutage = outcome.kind === 'NOT_NOW' && outcome.isOutage === true;
    if (isOutage || failures > 0) await this.parts.gateways.note(this.code, outcome);
  }

  private async record(attempted: Attempted): Promise<void> {
    const { message, result } = attempted;
    const { id: messageId, causeId, attempts: attempt } = message;
    const code = 'code' in result ? result.code : undefined;
    this.parts.attempts.inc({ channel: this.code, outcome: result.kind });
    this.parts.log.info(
      { messageId, causeId, channel: this.code, attempt, outcome: result.kind, code },
      'message.attempted',
    );
    await this.records.add(attempted);
  }
}
