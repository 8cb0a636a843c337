import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { type Span, traceparentIn, Tracing } from '@okienko/messaging/tracing';
import { Worker } from '@okienko/messaging/worker';
import { CredentialKeeper } from '../subscriptions/credentials.keeper';
import { signedHeaders } from '../subscriptions/signed-headers';
import { WebhookSecrets } from '../subscriptions/webhook-secret';
import type { Attempted } from './attempt-log';
import { DispatchCommands, type Outcome } from './dispatches.commands';
import { DispatchFigures } from './dispatches.figures';
import { Lane, laneLease } from './lane';
import { LaneCommands } from './lanes.commands';
import { batchOf, type Parcel, postOf, single } from './parcel';
import { SinkClient } from './sink-client';

/**
 * Lanes taken at a time, so that another replica gets its share: few to begin with, and as long as there are more, as many again
 * after each breath, or a quarter of what it has. All replicas look within one breath of each other, so that they take in turn.
 */
const fewest = 8;
const breath = 20;
const look = 250;
const untilLook = (): number => look - (Date.now() % look) + Math.random() * breath;

/** Posts what is due to the partners' sinks. Nobody waits for a slow sink but those who come after in the same lane. */
@Injectable()
export class DispatchWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: Worker;
  private readonly lanes = new Map<string, Lane<Parcel>>();
  private readonly underWay = new Set<Promise<void>>();
  private nextTake = 0;
  private renewAt = 0;
  private isClosing = false;

  constructor(
    private readonly commands: LaneCommands,
    private readonly dispatches: DispatchCommands,
    private readonly secrets: WebhookSecrets,
    private readonly client: SinkClient,
    private readonly credentials: CredentialKeeper,
    private readonly figures: DispatchFigures,
    private readonly tracing: Tracing,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    const onError = (error: unknown): void => this.log.warn({ error: String(error) }, 'dispatches.stumbled');
    this.worker = new Worker('dispatches', () => this.fill(), untilLook, onError);
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isClosing = true;
    await this.worker.stop();
    await Promise.all(this.underWay);
    await this.commands.release([...this.lanes.keys()]).catch(() => undefined);
    await this.client.close();
  }

  private async fill(): Promise<boolean> {
    await this.renew();
    await this.take();
    const empty = [...this.lanes.values()].filter(({ isEmpty }) => isEmpty);
    await this.read([...this.lanes.values()].filter(({ room }) => room > 0));
    // Where nothing was found, at once: a replica that is killed then holds up only what it was at.
    const idle = empty.filter(({ isEmpty }) => isEmpty);
    for (const { subscriptionId } of idle) this.lanes.delete(subscriptionId);
    if (idle.length > 0) await this.commands.release(idle.map(({ subscriptionId }) => subscriptionId));
    return false;
  }

  private async read(hungry: readonly Lane<Parcel>[]): Promise<void> {
    const [singles = [], batches = []] = [false, true].map((is) => hungry.filter(({ isBatched }) => isBatched === is));
    const found = await this.commands.read(singles);
    for (const lane of singles) this.put(lane, (found.get(lane.subscriptionId) ?? []).map(single));
    const runs = await this.commands.readBatches(batches);
    for (const lane of batches) {
      const [first, ...rest] = runs.get(lane.subscriptionId) ?? [];
      this.put(lane, first ? [batchOf([first, ...rest])] : []);
    }
  }

  private put(lane: Lane<Parcel>, parcels: readonly Parcel[]): void {
    lane.put(parcels, Date.now());
    this.post(lane);
  }

  private async take(): Promise<void> {
    if (Date.now() < this.nextTake) return;
    const atMost = Math.max(fewest, Math.floor(this.lanes.size / 4));
    const taken = await this.commands.take(atMost);
    for (const { id, isBatched } of taken) this.lanes.set(id, new Lane(id, isBatched));
    this.nextTake = Date.now() + breath;
    if (taken.length === atMost) setTimeout(() => this.worker.wake(), breath);
  }

  /** A lane that was lost, because this replica stood still, is another's now. */
  private async renew(): Promise<void> {
    if (Date.now() < this.renewAt || this.lanes.size === 0) return;
    this.renewAt = Date.now() + laneLease / 4;
    const held = new Set(await this.commands.renew([...this.lanes.keys()]));
    for (const [id, lane] of this.lanes) {
      if (held.has(id)) continue;
      lane.forget();
      this.lanes.delete(id);
    }
  }

  private post(lane: Lane<Parcel>): void {
    if (this.isClosing) return;
    for (let parcel = lane.next(Date.now()); parcel; parcel = lane.next(Date.now())) {
      const posting = this.send(lane, parcel).then(() => {
        this.underWay.delete(posting);
        this.worker.wake();
      });
      this.underWay.add(posting);
    }
  }

  /** The lane is free for the next as soon as the sink has answered; the record follows, and until then it is in hand. */
  private async send(lane: Lane<Parcel>, parcel: Parcel): Promise<void> {
    try {
      let outcome: Outcome;
      try {
        const attempted = parcel.events[0].granted ? await this.attempt(parcel) : undefined;
        outcome = await this.dispatches.judge(parcel, attempted);
      } finally {
        lane.answered();
      }
      if (outcome.isToWait) lane.forget();
      this.post(lane);
      await this.dispatches.record(outcome);
      lane.recorded(parcel);
      this.figures.note(outcome);
      this.tell(outcome);
    } catch (error) {
      // Not recorded, so it is sent again: partners know a repetition by its webhook-id. Not at once, or an outage would send it all the time.
      this.log.warn({ ...about(parcel), error: String(error) }, 'webhook.unrecorded');
      setTimeout(() => lane.recorded(parcel), laneLease).unref();
    }
  }

  private async attempt(parcel: Parcel): Promise<Attempted> {
    const [{ way }] = parcel.events;
    const { id, body, headers } = postOf(parcel);
    const asked = this.credentials.of(way);
    const credential = asked && (await asked);
    const span = this.tracing.isOn ? this.posting(parcel) : undefined;
    const trace = span && { traceparent: span.traceparent };
    const began = performance.now();
    const request = { ...signedHeaders(this.secrets, way, id, body), ...headers, ...trace };
    const answer = await this.client.post(way.sink, request, body, credential);
    const { status, errorCode } = answer;
    span?.end(status === undefined ? {} : { 'http.response.status_code': status }, failureOf(status, errorCode));
    return { request, answer, milliseconds: Math.round(performance.now() - began) };
  }

  /** Part of what brought the event about; a batch has several such and is a trace of its own. */
  private posting({ isBatch, events }: Parcel): Span | undefined {
    const causes = events
      .map(({ event }) => traceparentIn(event.body.toString()))
      .filter((cause) => cause !== undefined);
    const [{ way, attempt }] = events;
    const { hostname, port, protocol } = new URL(way.sink);
    return this.tracing.begin({
      name: 'POST',
      kind: 'CLIENT',
      ...(isBatch ? { links: causes } : { parent: causes[0] }),
      attributes: {
        'http.request.method': 'POST',
        'http.request.resend_count': attempt - 1,
        'server.address': hostname,
        'server.port': Number(port) || (protocol === 'http:' ? 80 : 443),
      },
    });
  }

  /** What was taken stands in the log of attempts; with a line for each as well a backlog went out a tenth slower. */
  private tell({ parcel, attempted, next }: Outcome): void {
    if (!attempted) return this.log.info({ ...about(parcel), next }, 'webhook.withheld');
    const { answer, milliseconds: ms } = attempted;
    const { status, errorCode } = answer;
    const level = next === 'DELIVERED' ? 'debug' : 'info';
    if (!this.log.isLevelEnabled(level)) return;
    this.log[level]({ ...about(parcel), status, errorCode, ms, next }, 'webhook.attempted');
  }
}

const failureOf = (status: number | undefined, errorCode: string | undefined): string | undefined =>
  status === undefined ? errorCode : status >= 400 ? String(status) : undefined;

/** Never the sink: its path may be a secret of the partner. */
function about({ isBatch, events }: Parcel): object {
  const [{ way, sequence, event, attempt }] = events;
  const { subscriptionId, partnerId } = way;
  const what = isBatch ? { events: events.length } : { eventId: event.id, event: event.name };
  return { subscriptionId, partnerId, sequence, ...what, attempt };
}
