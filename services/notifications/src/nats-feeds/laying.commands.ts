import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import { partnerPlace, partnerSubject, topology } from '@okienko/contracts/streams';
import { Clock } from '@okienko/messaging/clock';
import { type Broker, headers, openBroker } from '@okienko/messaging/jetstream';
import { partnerConsumer } from '@okienko/messaging/topology-plan';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { NotificationsConfig } from '../config';
import { grantedInSql } from '../grants/grants.queries';

interface Feed {
  readonly id: string;
  readonly partnerId: string;
  readonly laid: number;
  /** Changes whenever what lay unread has been taken back: the broker refuses what it had under the same mark. */
  readonly round: string;
  readonly isEnded: boolean;
  readonly isRegranted: boolean;
  readonly granted: string;
}

interface Numbered {
  readonly sequence: number;
  readonly eventId: string;
  readonly body: string | null;
}

/** So much of one subscription lies unread at most; the rest waits in the database. */
const mostUnread = 1000;
const batch = 100;

/** The grants of the partner of `s` that are in force: what lies unread was laid under some, and is laid anew under others. */
const inForce = (today: string): string =>
  `coalesce((select string_agg(g.id::text, ' ' order by g.id) from partner_grant g
    where g.partner_id = s.partner_id and g.revoked_at is null and ${today}::date between g.valid_from and g.valid_to), '')`;

const feeds = `
  select s.id, s.partner_id as "partnerId", f.laid, extract(epoch from f.begun_at) || '.' || f.round as round, (f.ended_at is not null or s.ended_at is not null) as "isEnded",
    f.granted is distinct from ${inForce('$1')} as "isRegranted", ${inForce('$1')} as granted
  from nats_feed f join subscription s on s.id = f.subscription_id`;
const due = `(f.ended_at is not null or s.ended_at is not null or f.laid < s.last_sequence or f.granted is distinct from ${inForce('$1')})`;

const numbered = `
  select d.sequence, d.event_id as "eventId", case when ${grantedInSql('$2', 'e.name', 'e.gmina', '$3')} then e.body end as body
  from dispatch d join feed_event e on e.id = d.event_id where d.subscription_id = $1 and d.sequence > $4 order by d.sequence limit $5`;

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

  /** One replica at a time is at one feed; another passes it over. Returns whether there may be more to lay at once. */
  async lay(id: string): Promise<boolean> {
    const broker = (this.broker ??= await openBroker(this.config.NATS_URL, 'notifications for partners'));
    return this.work.run(async (work) => {
      const today = dayOf(this.clock.now());
      const [feed] = await work.query<Feed>(`${feeds} where f.subscription_id = $2 for update of f skip locked`, [
        today,
        id,
      ]);
      if (!feed) return false;
      if (feed.isEnded) return this.remove(broker, feed, work);
      if (feed.isRegranted) return this.takeBack(broker, feed, work);
      return this.layNext(broker, feed, work, today);
    });
  }

  private async layNext(broker: Broker, { id, partnerId, laid, round }: Feed, work: Work, today: string) {
    const subject = this.subjectOf(id, partnerId);
    const room = Math.min(batch, mostUnread - (await this.unread(broker, subject)));
    if (room <= 0) return false;
    const rows = await work.query<Numbered>(numbered, [id, partnerId, today, laid, room]);
    for (const { sequence, eventId, body } of rows) {
      const head = headers();
      head.set('okienko-subscription', id);
      head.set('okienko-sequence', String(sequence));
      head.set('okienko-event', eventId);
      head.set('content-type', 'application/cloudevents+json; charset=utf-8');
      // The number stays where the grant no longer covers the event, so that nothing seems to be missing.
      if (body === null) head.set('okienko-withheld', 'true');
      await broker.streams.publish(subject, body ?? '', { headers: head, msgID: `${id} ${round} ${sequence}` });
    }
    await work.query('update nats_feed set laid = $2 where subscription_id = $1', [id, rows.at(-1)?.sequence ?? laid]);
    return rows.length > 0;
  }

  /** Back to the first that the partner has not acknowledged: what it has is not laid again. */
  private async takeBack(broker: Broker, { id, partnerId, laid, granted }: Feed, work: Work): Promise<boolean> {
    const subject = this.subjectOf(id, partnerId);
    const { name: stream } = topology(this.config.EVENT_NAMESPACE).partners;
    // Of a feed that has just begun too: the partner itself may create nothing.
    await broker.manager.consumers.add(stream, partnerConsumer(partnerPlace(this.config.EVENT_NAMESPACE, partnerId)));
    const isLaid = (await this.unread(broker, subject)) > 0;
    const first = isLaid
      ? await broker.manager.direct.getMessage(stream, { seq: 1, next_by_subj: subject })
      : undefined;
    await broker.manager.streams.purge(stream, { filter: subject });
    const before = first ? Number(first.header.get('okienko-sequence')) - 1 : laid;
    await work.query('update nats_feed set laid = $2, granted = $3, round = round + 1 where subscription_id = $1', [
      id,
      before,
      granted,
    ]);
    return true;
  }

  private async remove(broker: Broker, { id, partnerId }: Feed, work: Work): Promise<boolean> {
    const { name: stream } = topology(this.config.EVENT_NAMESPACE).partners;
    await broker.manager.streams.purge(stream, { filter: this.subjectOf(id, partnerId) });
    await work.query('delete from nats_feed where subscription_id = $1', [id]);
    return false;
  }

  private async unread(broker: Broker, subject: string): Promise<number> {
    const { name } = topology(this.config.EVENT_NAMESPACE).partners;
    const { state } = await broker.manager.streams.info(name, { subjects_filter: subject });
    return state.subjects?.[subject] ?? 0;
  }

  private readonly subjectOf = (id: string, partnerId: string): string =>
    partnerSubject(this.config.EVENT_NAMESPACE, partnerId, id);
}
