import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import { partnerPlace, partnerSubject } from '@okienko/contracts/streams';
import { Clock } from '@okienko/messaging/clock';
import { type Broker, openBroker, RefusedByBroker } from '@okienko/messaging/jetstream';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { NotificationsConfig } from '../config';
import { grantedInSql } from '../grants/grants.queries';
import { lastNumberOf } from '../subscriptions/subscription';
import { type Numbered, PartnerStream } from './partner-stream';

interface Feed {
  readonly id: string;
  readonly partnerId: string;
  readonly laid: number;
  readonly isEnded: boolean;
  /** The grants that it was laid under; null while what lies unread is being taken back. */
  readonly granted: string | null;
  readonly inForce: string;
}

interface UnderWay {
  readonly id: string;
  readonly laid: number;
  readonly count: number;
  readonly streamAt: string;
}

/** So much of one subscription lies unread at most; the rest waits in the database. */
const mostUnread = 1000;
const batch = 100;

/** The grants of the partner of `s` that are in force: what lies unread was laid under some, and is laid anew under others. */
const inForce = (today: string): string =>
  `coalesce((select string_agg(g.id::text, ' ' order by g.id) from partner_grant g
    where g.partner_id = s.partner_id and g.revoked_at is null and ${today}::date between g.valid_from and g.valid_to), '')`;

const feeds = `
  select s.id, s.partner_id as "partnerId", f.laid, (f.ended_at is not null or s.ended_at is not null) as "isEnded",
    f.granted, ${inForce('$1')} as "inForce"
  from nats_feed f join subscription s on s.id = f.subscription_id`;
const due = `(f.ended_at is not null or s.ended_at is not null or f.laid < ${lastNumberOf('s')} or f.granted is distinct from ${inForce('$1')})`;

const numbered = `
  select d.sequence, d.event_id as "eventId", case when ${grantedInSql('$2', 'e.name', 'e.gmina', '$3')} then e.body end as body
  from dispatch d join feed_event e on e.id = d.event_id where d.subscription_id = $1 and d.sequence > $4 order by d.sequence limit $5`;

/** One replica at a time lays: the numbers of the stream are then the witness of what it has laid. */
const turn = `select pg_try_advisory_xact_lock(hashtextextended('laying ' || current_schema(), 0)) as "isMine"`;

/** Lays what is numbered ready for partners on the broker, in its order, and takes back what is no longer granted. */
@Injectable()
export class LayingCommands {
  private broker: Broker | undefined;

  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: NotificationsConfig,
  ) {}

  async close(): Promise<void> {
    await this.broker?.connection.close();
  }

  async due(): Promise<string[]> {
    const rows = await this.work.dataSource.query<Feed[]>(`${feeds} where ${due}`, [dayOf(this.clock.now())]);
    return rows.map(({ id }) => id);
  }

  /** Another replica's turn, or feed, is passed over. Returns whether there may be more to lay at once. */
  async lay(id: string): Promise<boolean> {
    const broker = (this.broker ??= await openBroker(this.config.NATS_URL, 'notifications for partners'));
    const stream = new PartnerStream(broker, this.config.EVENT_NAMESPACE);
    const outcome = await this.work.run(async (work) => {
      const [{ isMine } = { isMine: false }] = await work.query<{ isMine: boolean }>(turn);
      if (!isMine) return false;
      if (await this.settle(stream, work)) return true;
      const today = dayOf(this.clock.now());
      const [feed] = await work.query<Feed>(`${feeds} where f.subscription_id = $2 for update of f skip locked`, [
        today,
        id,
      ]);
      if (!feed) return false;
      if (feed.isEnded) return this.remove(stream, feed, work);
      if (feed.granted !== feed.inForce) return this.takeBack(stream, feed, work);
      return this.layNext(stream, feed, work, today);
    });
    if (outcome instanceof RefusedByBroker) throw outcome;
    return outcome;
  }

  /** Counts what a replica had laid that died before it could say so. */
  private async settle(stream: PartnerStream, { query }: Work): Promise<boolean> {
    const [left] = await query<UnderWay>(
      'select subscription_id as id, laid, count, stream_at as "streamAt" from laying_under_way',
    );
    if (!left) return false;
    const count = Math.min(await stream.laidSince(Number(left.streamAt)), left.count);
    // One that has been begun anew meanwhile is taken back anyway.
    await query('update nats_feed set laid = $2 where subscription_id = $1 and laid = $3 and granted is not null', [
      left.id,
      left.laid + count,
      left.laid,
    ]);
    await query('delete from laying_under_way');
    return true;
  }

  private async layNext(stream: PartnerStream, { id, partnerId, laid }: Feed, work: Work, today: string) {
    const subject = this.subjectOf(id, partnerId);
    const { unread, at } = await stream.standing(subject);
    const room = Math.min(batch, mostUnread - unread);
    if (room <= 0) return false;
    const rows = await work.query<Numbered>(numbered, [id, partnerId, today, laid, room]);
    if (rows.length === 0) return false;
    // Committed by itself, at once: it has to outlive this transaction.
    await this.work.dataSource.query(
      'insert into laying_under_way (subscription_id, laid, count, stream_at) values ($1, $2, $3, $4)',
      [id, laid, rows.length, at],
    );
    const { count, refusal } = await layAll(rows, (row, before) => stream.lay(subject, id, row, at + before));
    await work.query('update nats_feed set laid = $2 where subscription_id = $1', [id, laid + count]);
    await work.query('delete from laying_under_way');
    return refusal ?? true;
  }

  /**
   * Back to the first that the partner has not acknowledged: what it has is not laid again. From where, is noted and committed before
   * anything is cleared away. (By `round` the version before tells what it lays anew.)
   */
  private async takeBack(stream: PartnerStream, feed: Feed, { query }: Work): Promise<boolean> {
    const { id, partnerId, granted } = feed;
    const subject = this.subjectOf(id, partnerId);
    await stream.addReader(partnerPlace(this.config.EVENT_NAMESPACE, partnerId));
    const first = await stream.firstUnread(subject);
    if (granted === null) await stream.clear(subject);
    await query('update nats_feed set laid = $2, granted = $3, round = round + 1 where subscription_id = $1', [
      id,
      first === undefined ? feed.laid : first - 1,
      granted === null ? feed.inForce : null,
    ]);
    return true;
  }

  private async remove(stream: PartnerStream, { id, partnerId }: Feed, { query }: Work): Promise<boolean> {
    await stream.clear(this.subjectOf(id, partnerId));
    await query('delete from nats_feed where subscription_id = $1', [id]);
    return false;
  }

  private readonly subjectOf = (id: string, partnerId: string): string =>
    partnerSubject(this.config.EVENT_NAMESPACE, partnerId, id);
}

/** One by one, so that after what is refused nothing else is laid. Whatever else goes wrong leaves open what has become of the last one. */
async function layAll(
  rows: readonly Numbered[],
  lay: (row: Numbered, before: number) => Promise<void>,
): Promise<{ count: number; refusal?: RefusedByBroker }> {
  for (const [before, row] of rows.entries()) {
    try {
      await lay(row, before);
    } catch (error) {
      if (error instanceof RefusedByBroker) return { count: before, refusal: error };
      throw error;
    }
  }
  return { count: rows.length };
}
