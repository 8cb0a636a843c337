import { lookup } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { DomainError, NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { NotificationsConfig } from '../config';
import { feedLock, subscribingBegins, wantedInSql } from '../dispatches/feed.commands';
import { SinkClient } from '../dispatches/sink-client';
import { partnerIdShape } from '../grants/grants.dto';
import { grantedInSql } from '../grants/grants.queries';
import { readFilters } from './filter';
import { agreedRate, type Handshake, SinkDoesNotAgree } from './handshake';
import { allowedSinks, assertSink, NoSink, placeOf } from './sink';
import { Subscription } from './subscription';
import type { CreateSubscription } from './subscriptions.dto';
import { seesAll, visible } from './subscriptions.queries';

export class NotAPartner extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'not-a-partner';
  constructor() {
    super('Your token names no partner, so there is nobody to subscribe for.');
  }
}

const addressesOf = async (host: string): Promise<string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);

@Injectable()
export class SubscriptionCommands {
  private readonly allowed: ReadonlySet<string>;
  private readonly origin: string;

  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly sinks: SinkClient,
    config: NotificationsConfig,
  ) {
    this.allowed = allowedSinks(config.ALLOWED_PRIVATE_SINKS);
    this.origin = originOf(config);
  }

  /** Begins now, or with what has been kept since a moment. */
  async create(command: CreateSubscription, caller: Principal): Promise<Changed> {
    const { startFrom, startAt } = command;
    const sink = command.sink ?? undefined;
    const partnerId = partnerOf(caller);
    const filters = readFilters(command.filters ?? []);
    const signature = command.signature ?? 'HMAC';
    const alertEmail = command.alertEmail ?? undefined;
    const wish = { types: command.types ?? [], filters, signature, alertEmail };
    // Before the transaction: no connection to the database waits for somebody's name server, or for the sink.
    if (sink !== undefined) await assertSink(sink, this.allowed, addressesOf);
    const postsPerMinute = sink === undefined ? undefined : await this.shakeHands(new URL(sink), command.handshake);
    return this.work.run(async (work) => {
      const now = this.clock.now();
      const subscription = Subscription.create(
        uuidv7(),
        partnerId,
        { ...wish, sink: sink === undefined ? '' : new URL(sink).href, postsPerMinute },
        now,
      );
      const since = startFrom === 'BEGINNING' ? new Date(0) : startAt ? new Date(startAt) : undefined;
      if (since) work.send(subscribingBegins, []);
      await work.save(subscription, subscription.created());
      if (sink === undefined) work.send('update subscription set paused_at = $2 where id = $1', [subscription.id, now]);
      if (since) await numberPast(work, subscription, since, now);
      return { id: subscription.id, version: subscription.version };
    });
  }

  /** The secret before it goes on signing for so many hours. */
  rotateSecret(id: string, overlapHours: number, caller: Principal): Promise<Changed> {
    return this.work.run(async ({ load, save }) => {
      const subscription = await load(Subscription, id);
      if (subscription.partnerId !== caller.partnerId) throw new NotFound('subscription');
      const until = new Date(this.clock.now().getTime() + overlapHours * 3_600_000);
      await save(subscription, subscription.rotateSecret(until));
      return { id, version: subscription.version };
    });
  }

  end(id: string, caller: Principal): Promise<Changed> {
    return this.work.run(async ({ load, save }) => {
      const subscription = await load(Subscription, id);
      if (!seesAll(caller) && subscription.partnerId !== caller.partnerId) throw new NotFound('subscription');
      subscription.end(this.clock.now());
      await save(subscription, subscription.ended());
      return { id: subscription.id, version: subscription.version };
    });
  }

  /** Nothing is posted any more; numbering and the feed go on. */
  pause(id: string, caller: Principal): Promise<Changed> {
    return this.note(id, caller, 'paused_at = coalesce(s.paused_at, $4)', this.clock.now());
  }

  /** The sink is there again: what has been kept goes out, in order. */
  async resume(id: string, caller: Principal): Promise<Changed> {
    const [without] = await this.work.dataSource.query<unknown[]>(
      `select from subscription s where s.id = $3 and s.sink = '' and ${visible('$1', '$2')}`,
      [seesAll(caller), caller.partnerId ?? null, id],
    );
    if (without) throw new NoSink();
    return this.note(id, caller, 'paused_at = $4::timestamptz, gave_up_at = null', null);
  }

  /** The partner has everything up to this number. It never goes back, so that a repeated or late request does no harm. */
  acknowledge(id: string, sequence: number, caller: Principal): Promise<Changed> {
    return this.note(id, caller, 'acknowledged = greatest(s.acknowledged, least(s.last_sequence, $4::int))', sequence);
  }

  private async shakeHands(sink: URL, asked: Handshake | undefined): Promise<number | undefined> {
    const isAllowed = this.allowed.has(placeOf(sink));
    const handshake = asked ?? (isAllowed ? 'NONE' : 'OPTIONS');
    if (handshake === 'OPTIONS')
      return agreedRate(await this.sinks.ask(sink.href, { 'webhook-request-origin': this.origin }), this.origin);
    if (!isAllowed)
      throw new SinkDoesNotAgree(
        'A sink on the public internet is asked before anything is posted to it. Leave out "handshake".',
      );
    return undefined;
  }

  /** Bookkeeping beside the aggregate: it says nothing new about the partner's wish. */
  private note(id: string, caller: Principal, change: string, value: unknown): Promise<Changed> {
    return this.work.run(async ({ query }) => {
      const [changed] = await query<Changed>(
        `update subscription s set ${change} where s.id = $3 and ${visible('$1', '$2')} returning s.id, s.version`,
        [seesAll(caller), caller.partnerId ?? null, id, value],
      );
      if (!changed) throw new NotFound('subscription');
      return changed;
    });
  }
}

/** The name by which sinks know the centre: where it is on the web, else where its mails come from. */
const originOf = ({ PUBLIC_URL, MAIL_FROM }: NotificationsConfig): string =>
  PUBLIC_URL === undefined ? (/@([^\s@<>]+)>?$/.exec(MAIL_FROM)?.[1] ?? 'localhost') : new URL(PUBLIC_URL).hostname;

function partnerOf({ partnerId }: Principal): string {
  if (partnerId === undefined || !partnerIdShape.test(partnerId)) throw new NotAPartner();
  return partnerId;
}

/** Numbers 1, 2, 3 … for what has come since, in the order in which it came. Whoever keeps an event now waits, and numbers after it. */
async function numberPast(work: Work, { id, partnerId }: Subscription, since: Date, now: Date): Promise<void> {
  await work.query(`select pg_advisory_xact_lock(${feedLock})`, []);
  await work.query(
    `with past as (
       select e.id, e.subject, row_number() over (order by e.position) as number from feed_event e, subscription s
       where s.id = $1 and e.received_at >= $2 and ${wantedInSql('e.name', 'e.body')}
         and ${grantedInSql('$3', 'e.name', 'e.gmina', '$4')}
     ), dispatched as (
       insert into dispatch (subscription_id, sequence, event_id, subject, next_attempt_at)
       select $1, number, id, subject, $5 from past
     )
     update subscription set last_sequence = (select count(*) from past) where id = $1`,
    [id, since, partnerId, dayOf(now), now],
  );
}
