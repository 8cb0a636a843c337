import { Injectable } from '@nestjs/common';
import { Clock } from '@okienko/messaging/clock';
import { type Context, contextIn, freshContext, withContext } from '@okienko/messaging/context';
import { inTransaction } from '@okienko/messaging/transaction';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { delayAfter, mailDelays } from '../back-off';
import type { ChannelCode, Outcome } from '../channels/channel';
import { NotificationsConfig } from '../config';
import { EvidenceCommands } from '../evidence/evidence.commands';
import { failuresUntilBroken, patience } from '../gateways/gateway';
import { leaseTime } from '../lease';
import { type Audience, type FailureReason, Message, type Standing } from './message';

/** A message that this replica may send now. */
export interface Due {
  readonly id: string;
  readonly channel: ChannelCode;
  readonly causeId: string;
  readonly personId: string;
  readonly addresseeId: string | null;
  readonly rule: string | null;
  readonly edition: number | null;
  readonly audience: Audience;
  readonly standing: Standing;
  readonly queuedAt: Date;
  readonly content: Buffer | null;
  readonly traceparent: string | null;
  /** On this channel, this one included. */
  readonly attempts: number;
  /** Outages of the gateway in a row, as all replicas know them. */
  readonly failures: number;
}

/** What came of a turn without an attempt. STOPPED: it goes by no way any more. QUIET: later. The others: not by this one. */
export type Unsent =
  | { readonly kind: 'QUIET'; readonly until: Date }
  | { readonly kind: 'STOPPED'; readonly reason: FailureReason }
  | { readonly kind: 'NO_ADDRESS' }
  | { readonly kind: 'WAITED_TOO_LONG' };
export type Result = Outcome | Unsent;

export interface Attempted {
  readonly message: Due;
  readonly result: Result;
  readonly at: Date;
  /** SHA-256 of what was said. */
  readonly hash?: Buffer;
  /** Of the attempt, where it is traced. */
  readonly traceparent?: string | undefined;
}

const returned = `m.id, m.channel, m.cause_id as "causeId", m.person_id as "personId", m.addressee_id as "addresseeId",
  m.rule, m.edition, m.audience, m.standing, m.queued_at as "queuedAt", m.content, m.traceparent, m.attempts`;

/**
 * What is due, as far as the gateway's bucket ($6 tokens at most, $7 a second) goes. One that rests gets nothing; a broken one that has
 * rested gets a single message, and the other replicas wait for what becomes of it. All replicas take from one bucket.
 */
const leaseDue = `
  with gate as (
    select channel, failures, failures >= $5 as probed,
      least($6, tokens + $7 * extract(epoch from clock_timestamp() - refilled_at)) as level
    from gateway where channel = $1 and (rests_until is null or rests_until <= $2)
      and exists (select from message where state = 'QUEUED' and channel = $1 and next_attempt_at <= $2)
    for update
  ), due as (
    select id from message where state = 'QUEUED' and channel = $1 and next_attempt_at <= $2 order by next_attempt_at
    limit coalesce((select least(case when probed then 1 else $4 end, floor(level))::int from gate), 0)
    for update skip locked
  ), taken as (
    update gateway g set tokens = level - (select count(*) from due), refilled_at = clock_timestamp(),
      rests_until = case when probed and exists (select from due) then $3 else rests_until end
    from gate where g.channel = gate.channel
  )
  update message m set next_attempt_at = $3, attempts = m.attempts + 1 from due, gate where m.id = due.id
  returning ${returned}, gate.failures`;

const leaseWaitedTooLong = `
  update message m set next_attempt_at = $3, attempts = m.attempts + 1
  from (select id from message where state = 'QUEUED' and channel = $1 and next_attempt_at <= $2
        order by next_attempt_at limit 64 for update skip locked) due, gateway g
  where m.id = due.id and g.channel = $1 and g.broken_since <= $2
  returning ${returned}, g.failures`;

/** Bookkeeping of sending, and what follows from each attempt. */
@Injectable()
export class SendingCommands {
  private readonly perSecond: Partial<Record<ChannelCode, number>>;

  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly evidence: EvidenceCommands,
    private readonly config: NotificationsConfig,
  ) {
    this.perSecond = { EMAIL: config.EMAIL_PER_SECOND, SMS: config.SMS_PER_SECOND };
  }

  async lease(channel: ChannelCode, room: number): Promise<Due[]> {
    const now = this.clock.now();
    // Nought sets no limit.
    const rate = this.perSecond[channel] || 1_000_000;
    const burst = Math.max(1, rate);
    const values = [channel, now, inALease(now), room, failuresUntilBroken, burst, rate];
    const [rows] = await this.work.dataSource.query<[Due[], number]>(leaseDue, values);
    return rows;
  }

  /** What a broken gateway has kept waiting for longer than anybody should. */
  async leaseWaitedTooLong(channel: ChannelCode): Promise<Due[]> {
    const now = this.clock.now();
    const [rows] = await this.work.dataSource.query<[Due[], number]>(leaseWaitedTooLong, [
      channel,
      new Date(now.getTime() - patience),
      inALease(now),
    ]);
    return rows;
  }

  renew(held: readonly Due[]): Promise<unknown> {
    return this.work.dataSource.query(
      `update message m set next_attempt_at = $1 from unnest($2::uuid[], $3::int[], $4::text[]) as held(id, attempts, channel)
       where m.id = held.id and m.attempts = held.attempts and m.channel = held.channel and m.state = 'QUEUED'`,
      [
        inALease(this.clock.now()),
        held.map(({ id }) => id),
        held.map(({ attempts }) => attempts),
        held.map(({ channel }) => channel),
      ],
    );
  }

  /** Several attempts in one transaction, each with the cause of its own message. */
  async record(attempted: readonly Attempted[]): Promise<void> {
    // In the order of ids, as whoever silences a person takes them.
    const inOrder = attempted.toSorted((one, other) => (one.message.id < other.message.id ? -1 : 1));
    await inTransaction(this.work.dataSource, async (transaction) => {
      await Promise.all(
        inOrder.map((one) =>
          withContext({ ...contextOf(one), causationId: one.message.causeId, transaction }, () =>
            this.work.run((work) => this.settle(work, one)),
          ),
        ),
      );
      // Now that their rows are locked, in whatever order.
      noteAttempts({ send: (text, values) => transaction.send(text, values) }, inOrder);
    });
    this.work.announce();
  }

  private async settle(work: Work, one: Attempted): Promise<void> {
    const { message: due, result } = one;
    if (result.kind === 'NOT_NOW' && due.attempts < this.config.MESSAGE_ATTEMPTS)
      return this.postpone(work, due, result.notBefore);
    if (result.kind === 'QUIET') return this.hold(work, due, result.until);
    const message = await work.load(Message, due.id);
    if (result.kind === 'HANDED_OVER') {
      const { providerId } = result;
      const { channel } = due;
      return this.evidence.dispatched(work, due.id, { channel, at: one.at, ...(providerId && { providerId }) });
    }
    // Its lease had run out and somebody else has recorded it, or it has been given up meanwhile.
    if (!message.isQueued || message.channel !== due.channel) return;
    if (result.kind === 'IN_HANDS') {
      message.putInHands();
      await work.save(message, message.inHands());
    } else if (result.kind === 'STOPPED') await this.evidence.giveUp(work, message, result.reason);
    else if (result.kind === 'NO_ADDRESS') await this.evidence.goOn(work, message, result.kind, 'NO_ADDRESS');
    else if (result.kind === 'WAITED_TOO_LONG') await this.evidence.goOn(work, message, result.kind, 'UNREACHABLE');
    else await this.evidence.goOn(work, message, result.code, result.kind === 'REFUSED' ? 'REFUSED' : 'UNREACHABLE');
  }

  /** Nothing was tried, so nothing counts. */
  private hold(work: Work, { id, attempts, channel }: Due, until: Date): void {
    work.send(
      `update message set next_attempt_at = $4, attempts = attempts - 1
       where id = $1 and state = 'QUEUED' and attempts = $2 and channel = $3`,
      [id, attempts, channel, until],
    );
  }

  // Only while the attempt is the latest: one that overran its lease must not take the lease from the next.
  private postpone(work: Work, { id, attempts, channel }: Due, notBefore?: Date): void {
    const planned = new Date(this.clock.now().getTime() + delayAfter(attempts, mailDelays, Math.random));
    work.send(
      `update message set next_attempt_at = $4 where id = $1 and state = 'QUEUED' and attempts = $2 and channel = $3`,
      [id, attempts, channel, notBefore && notBefore > planned ? notBefore : planned],
    );
  }
}

/** All that were made, and the digest of what was said, in one statement each. */
function noteAttempts({ send }: Pick<Work, 'send'>, attempted: readonly Attempted[]): void {
  const made = attempted.flatMap(({ message, at, hash, result }) =>
    isOutcome(result) ? [{ message, at, hash, result }] : [],
  );
  if (made.length > 0)
    send(
      `insert into message_attempt (message_id, channel, attempt, at, outcome, code, provider_id)
       select * from unnest($1::uuid[], $2::text[], $3::int[], $4::timestamptz[], $5::text[], $6::text[], $7::text[]) on conflict do nothing`,
      [
        made.map(({ message }) => message.id),
        made.map(({ message }) => message.channel),
        made.map(({ message }) => message.attempts),
        made.map(({ at }) => at),
        made.map(({ result }) => result.kind),
        made.map(({ result }) => ('code' in result ? result.code : null)),
        made.map(({ result }) => (result.kind === 'HANDED_OVER' ? (result.providerId ?? null) : null)),
      ],
    );
  const said = made.filter(({ hash, result }) => hash && (result.kind === 'HANDED_OVER' || result.kind === 'IN_HANDS'));
  if (said.length > 0)
    send(
      `update message m set content_hash = said.hash from unnest($1::uuid[], $2::bytea[]) as said(id, hash) where m.id = said.id`,
      [said.map(({ message }) => message.id), said.map(({ hash }) => hash)],
    );
}

/** What comes of an attempt is part of its trace, or else of that in which the message was queued. */
function contextOf({ message, traceparent = message.traceparent ?? undefined }: Attempted): Context {
  return traceparent === undefined ? freshContext() : contextIn(traceparent);
}

const inALease = (now: Date): Date => new Date(now.getTime() + leaseTime);

const unsent: readonly string[] = ['STOPPED', 'QUIET', 'NO_ADDRESS', 'WAITED_TOO_LONG'] satisfies Unsent['kind'][];
const isOutcome = (result: Result): result is Outcome => !unsent.includes(result.kind);
