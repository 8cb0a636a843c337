import { GapReader, type OutboxRow, readAtOnce } from './gap-reader';
import type { Broker } from './jetstream';
import { assertSameHistory, StreamsAhead } from './lineage';
import { Linger } from './linger';
import { NoPlace, RawPublisher, Refused, type Stored, tooLarge } from './raw-publisher';
import { reconcile } from './reconcile';
import { RelaySession } from './relay-session';
import type { Telemetry } from './telemetry';
import { aboutMessage, traceparentIn } from './tracing';
import { Worker } from './worker';

export interface RelaySettings {
  readonly service: string;
  readonly namespace: string;
  readonly databaseUrl: string;
  /** Days that published events stay in the outbox: longer than the streams keep them. */
  readonly keepDays: number;
}

const maintainEvery = 60 * 60 * 1000;
const saveEvery = 100;

/**
 * Publishes the service's outbox in order. Every replica runs one; the database lets one of them lead. The outbox is the record: rows
 * stay after publication, and the relay goes back when the broker turns out to have forgotten. (Design: events A3.)
 */
export class OutboxRelay {
  private readonly worker: Worker;
  private readonly publisher: RawPublisher;
  private session: RelaySession | undefined;
  /** Of a replica that does not lead, and stands ready to. */
  private candidate: RelaySession | undefined;
  private reader: GapReader | undefined;
  private pending: OutboxRow[] = [];
  /** Between two ticks with nothing left to do. */
  private idle = false;
  private hasParked = false;
  private published = 0n;
  private saved = 0n;
  private strikes = 0;
  private readonly linger = new Linger(4, readAtOnce);
  /** The last place in each stream that an event was acknowledged at. */
  private places = new Map<string, number>();
  private placesMoved = false;
  private savedAt = 0;
  private maintainedAt = 0;
  private reconciled = false;

  constructor(
    private readonly settings: RelaySettings,
    private readonly broker: Broker,
    private readonly telemetry: Telemetry,
    /** The database under it was taken back in time: nothing that the streams tell may be handled any more. */
    private readonly stray: () => void = () => undefined,
  ) {
    this.publisher = new RawPublisher(broker.connection, undefined, undefined, broker.inboxPrefix);
    this.worker = new Worker(
      `outbox relay of ${settings.service}`,
      () => this.tick(),
      500,
      (error) => this.stumbled(error),
    );
    broker.connection.subscribe(this.hint, { callback: () => this.session && this.worker.wake() });
    void this.watchReconnects();
  }

  start(): void {
    this.worker.start();
  }

  async stop(): Promise<void> {
    await this.worker.stop();
    this.savedAt = 0;
    if (this.session?.isAlive && this.reader) this.save(this.session, this.reader);
    await this.stepDown();
    await this.candidate?.end();
    this.candidate = undefined;
  }

  /** A command has committed in this process. When another replica leads, it is told over the broker; a lost hint costs one idle period. */
  nudge(stored: readonly OutboxRow[] = []): void {
    if (this.session) {
      this.take(stored);
      this.worker.wake();
    } else if (!this.broker.connection.isClosed() && !this.broker.connection.isDraining())
      this.broker.connection.publish(this.hint);
  }

  /** What has just been committed here need not be read again, if it is all that there is to publish. */
  private take(stored: readonly OutboxRow[]): void {
    if (!this.idle || !this.reconciled || this.hasParked || stored.length === 0) return;
    this.idle = false;
    if (this.reader?.follow(stored)) this.pending = [...stored];
  }

  private get hint(): string {
    return `wake.${this.settings.namespace}.${this.settings.service}`;
  }

  private async tick(): Promise<boolean> {
    this.idle = false;
    if (!this.session?.isAlive && !(await this.takeLead())) return false;
    const session = this.session as RelaySession;
    const reader = this.reader as GapReader;
    if (!this.reconciled) {
      await this.goBackIfTheBrokerForgot(session);
      return true;
    }
    await this.maintain(session);
    if (this.pending.length === 0) {
      await this.linger.gather(0);
      this.pending = await this.read(session, reader);
    }
    if (this.pending.length === 0) {
      this.save(session, reader);
      this.idle = true;
      return false;
    }
    const ahead = this.readAhead(session, reader);
    ahead.catch(() => undefined);
    const oldest = this.pending[0];
    this.linger.note(this.pending.length);
    const failure = await this.publish(session);
    const next = await ahead;
    // Gone back to an earlier place meanwhile, the relay reads them again in their turn.
    if (reader !== this.reader) return true;
    this.pending = [...this.pending, ...next];
    // Everything else that the broker refuses may pass later.
    const unsendable = failure instanceof Refused && failure.errorCode === tooLarge;
    if (unsendable) {
      await this.park(session, this.pending[0] as OutboxRow, failure.message);
      this.pending = await this.withoutParked(session, this.pending);
    }
    this.save(session, reader);
    if (failure && !unsendable) {
      // The wait grows from failure to failure, but not while something goes through each time.
      if (this.pending[0] === oldest) throw failure;
      this.stumbled(failure);
    }
    this.idle = this.pending.length === 0;
    return !this.idle;
  }

  /** While one batch is published, the next is read; never more, however often the broker refuses. */
  private async readAhead(session: RelaySession, reader: GapReader): Promise<OutboxRow[]> {
    const { length } = this.pending;
    return length >= readAtOnce && length < 2 * readAtOnce ? this.read(session, reader) : [];
  }

  private async read(session: RelaySession, reader: GapReader): Promise<OutboxRow[]> {
    const rows = await reader.read();
    this.telemetry.relayGaps.set(reader.openGaps);
    return rows.some(({ parked }) => parked) ? this.withoutParked(session, rows) : rows;
  }

  private async takeLead(): Promise<boolean> {
    await this.stepDown();
    if (!this.candidate?.isAlive) {
      await this.candidate?.end();
      this.candidate = undefined;
      this.candidate = await RelaySession.open(this.settings.databaseUrl);
    }
    const session = this.candidate;
    if (!(await session.takesLead())) return false;
    this.candidate = undefined;
    const [row] = await assertSameHistory(session, this.broker.manager, this.settings)
      .then(() =>
        session.query<{ low: string; parked: boolean }>(
          'select low::text as low, exists (select from outbox_parked) as parked from outbox_relay',
        ),
      )
      .catch(async (error: unknown) => {
        // It would hold the lock, and nobody would lead.
        await session.end();
        if (error instanceof StreamsAhead) this.stray();
        throw error;
      });
    this.published = this.saved = BigInt(row?.low ?? 0);
    this.hasParked = row?.parked ?? false;
    this.session = session;
    this.reader = new GapReader(session, this.published);
    this.reconciled = false;
    this.places.clear();
    this.placesMoved = false;
    this.telemetry.relayLeads.set(1);
    this.telemetry.log.info({ low: String(this.published) }, 'relay.leads');
    return true;
  }

  private async stepDown(): Promise<void> {
    const session = this.session;
    this.session = undefined;
    this.reader = undefined;
    this.pending = [];
    this.telemetry.relayLeads.set(0);
    await session?.end();
  }

  private async goBackIfTheBrokerForgot(session: RelaySession, fresh?: Stored): Promise<void> {
    this.savePlaces(session, this.saved);
    const { low, places } = await reconcile(session, this.broker.manager, fresh);
    this.places = places;
    if (low !== undefined) {
      this.telemetry.log.warn({ low: String(low) }, 'relay.goes-back');
      this.pending = [];
      this.published = this.saved = low;
      this.reader = new GapReader(session, low);
    }
    this.reconciled = true;
  }

  private async publish(session: RelaySession): Promise<Error | undefined> {
    const at = Date.now();
    const { stored, failure } = await this.publisher.publish(
      this.pending.map((row, index) => ({
        subject: `${this.settings.namespace}.${row.subject}`,
        body: row.event,
        // The broker may hold on to the id of a message that it lost: after three such answers it gets another; the inbox knows the event by its own.
        messageId: index === 0 && this.strikes >= 3 ? `${row.id}.${this.strikes}` : row.id,
        aggregate: row.aggregateId,
      })),
    );
    const done = this.pending.slice(0, stored.length);
    this.pending = this.pending.slice(stored.length);
    for (const row of done) if (row.seq > this.published) this.published = row.seq;
    this.telemetry.published.inc(done.length);
    if (this.telemetry.tracing.isOn) this.trace(done, at);
    const fresh = this.notePlaces(stored);
    if (fresh) {
      await this.goBackIfTheBrokerForgot(session, fresh);
      return undefined;
    }
    if (stored.length > 0) this.strikes = 0;
    if (failure instanceof NoPlace) this.strikes += 1;
    return failure;
  }

  private trace(published: readonly OutboxRow[], at: number): void {
    for (const { id, subject, event } of published) {
      const attributes = aboutMessage('publish', subject, id);
      const parent = traceparentIn(event);
      this.telemetry.tracing.begin({ name: `publish ${subject}`, kind: 'PRODUCER', parent, attributes, at })?.end();
    }
  }

  /**
   * Notes the places and returns the first that was taken anew: places only grow, and a new event in an old place says that the stream
   * has lost its end, though the connection never broke.
   */
  private notePlaces(stored: readonly Stored[]): Stored | undefined {
    if (stored.length === 0) return undefined;
    const before = new Map(this.places);
    const given = new Set<string>();
    let first: Stored | undefined;
    for (const one of stored) {
      const { stream, sequence, repeated } = one;
      if (sequence > (this.places.get(stream) ?? 0)) this.places.set(stream, sequence);
      if (repeated) continue;
      const place = `${stream} ${sequence}`;
      if ((sequence <= (before.get(stream) ?? 0) || given.has(place)) && sequence < (first?.sequence ?? Infinity))
        first = one;
      given.add(place);
    }
    this.placesMoved = true;
    return first;
  }

  /**
   * Notes how far all is published, and the ends of the streams. Not with every batch: what is published twice after a crash the broker
   * and the inbox know.
   */
  private save(session: RelaySession, reader: GapReader): void {
    if (Date.now() - this.savedAt < saveEvery) return;
    this.savedAt = Date.now();
    let low = reader.watermark(this.published);
    for (const { seq } of this.pending) if (seq <= low) low = seq - 1n;
    this.savePlaces(session, low);
    if (low <= this.saved) return;
    session.send('update outbox_relay set low = $1 where low < $1', [low.toString()]);
    this.saved = low;
  }

  private savePlaces(session: RelaySession, low: bigint): void {
    if (!this.placesMoved) return;
    session.send(
      `insert into outbox_stream as s (stream, last_sequence, low) select *, $3 from unnest($1::text[], $2::bigint[])
       on conflict (stream, last_sequence) do update set low = greatest(s.low, excluded.low)`,
      [[...this.places.keys()], [...this.places.values()], low.toString()],
    );
    this.placesMoved = false;
  }

  /** An event that can never be published is set aside together with all later ones of its aggregate; the rest flows on. */
  private async park(session: RelaySession, row: OutboxRow, reason: string): Promise<void> {
    this.hasParked = true;
    await session.query(
      `insert into outbox_parked (seq, id, aggregate_type, aggregate_id, reason) values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [row.seq.toString(), row.id, row.aggregateType, row.aggregateId, reason],
    );
    this.telemetry.log.error({ eventId: row.id, aggregateId: row.aggregateId, reason }, 'relay.parked');
  }

  private async withoutParked(session: RelaySession, rows: OutboxRow[]): Promise<OutboxRow[]> {
    if (rows.length === 0) return rows;
    const parked = await session.query<{ key: string }>(
      `select distinct aggregate_type || ' ' || aggregate_id as key from outbox_parked where aggregate_id = any($1::uuid[])`,
      [rows.map((row) => row.aggregateId)],
    );
    if (parked.length === 0) return rows;
    const keys = new Set(parked.map(({ key }) => key));
    const behind = rows.filter((row) => keys.has(`${row.aggregateType} ${row.aggregateId}`));
    for (const row of behind) await this.park(session, row, 'behind a parked event of its aggregate');
    return rows.filter((row) => !keys.has(`${row.aggregateType} ${row.aggregateId}`));
  }

  private async maintain(session: RelaySession): Promise<void> {
    if (Date.now() - this.maintainedAt < maintainEvery) return;
    this.maintainedAt = Date.now();
    await session.query('select outbox_maintain($1)', [this.settings.keepDays]);
    // Past the streams' age a message cannot come again from the broker, and an old request will not be repeated.
    await session.query(`delete from inbox where received_at < now() - $1 * interval '1 day'`, [
      this.settings.keepDays,
    ]);
    // The relay can go back to any of the last ten minutes, and to one place of each hour before.
    await session.query(
      `delete from outbox_stream s using (
         select stream, date_trunc('hour', at) as hour, max(last_sequence) as last_sequence from outbox_stream
         where at < now() - interval '10 minutes' group by 1, 2) as kept
       where s.stream = kept.stream and date_trunc('hour', s.at) = kept.hour and s.last_sequence < kept.last_sequence`,
      [],
    );
    await session.query(`delete from inbox_attempt where at < now() - $1 * interval '1 day'`, [this.settings.keepDays]);
    await session.query(`delete from idempotency_key where created_at < now() - $1 * interval '1 day'`, [7]);
  }

  private stumbled(error: unknown): void {
    this.telemetry.log.warn({ error: (error as Error).message }, 'relay.stumbled');
    if (!this.session?.isAlive) void this.stepDown();
  }

  private async watchReconnects(): Promise<void> {
    for await (const { type } of this.broker.connection.status()) {
      if (type !== 'disconnect' && type !== 'reconnect') continue;
      // From the disconnection on: what is published meanwhile would reach the broker first, and hide what it has lost.
      this.reconciled = false;
      this.publisher.disconnected();
      if (type === 'reconnect') this.worker.wake();
    }
  }
}
