import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { DomainError, NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { NotificationsConfig } from '../config';
import { subscribingBegins } from '../dispatches/feed.commands';
import { partnerIdShape } from '../grants/grants.dto';
import { ApprovalCommands, partnerLock } from './approvals.commands';
import { authenticationOf } from './authentication.dto';
import { CredentialKeeper } from './credentials.keeper';
import { readFilters } from './filter';
import { loadOwn } from './load-own';
import { numberPast } from './numbering';
import { SinkConsent } from './sink-consent.asker';
import { NoSink } from './sink';
import { lastNumberOf, Subscription } from './subscription';
import type { CreateSubscription } from './subscriptions.dto';
import { seesAll, visible } from './subscriptions.queries';

export class NotAPartner extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'not-a-partner';
  constructor() {
    super('Your token names no partner, so there is nobody to subscribe for.');
  }
}

export class TooManySubscriptions extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'too-many-subscriptions';
  constructor(most: number) {
    super(`A partner has at most ${most} subscriptions. End one that you no longer need, or ask the centre.`);
  }
}

@Injectable()
export class SubscriptionCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly sinks: SinkConsent,
    private readonly credentials: CredentialKeeper,
    private readonly approvals: ApprovalCommands,
    private readonly config: NotificationsConfig,
  ) {}

  /** Begins now, or with what has been kept since a moment; where a grant asks for it, when the centre has approved it. */
  async create(command: CreateSubscription, caller: Principal): Promise<Changed> {
    const { startFrom, startAt } = command;
    const partnerId = partnerOf(caller);
    const filters = readFilters(command.filters ?? []);
    const authentication = command.authentication && authenticationOf(command.authentication);
    const credential = authentication && (await this.credentials.check(authentication));
    const sink = command.sink ?? undefined;
    const agreed = sink === undefined ? { sink: '' } : await this.sinks.of(sink, command.handshake, credential);
    const { signature = 'HMAC', alertEmail } = command;
    const wish = {
      types: command.types ?? [],
      filters,
      signature,
      alertEmail: alertEmail ?? undefined,
      batchSize: command.batch?.size,
      ...agreed,
    };
    const since = startFrom === 'BEGINNING' ? new Date(0) : startAt ? new Date(startAt) : undefined;
    return this.work.run(async (work) => {
      const now = this.clock.now();
      await work.query(partnerLock, [partnerId]);
      await this.assertRoom(work, partnerId);
      const needsApproval = await this.approvals.isNeeded(work, partnerId);
      if (since && !needsApproval) work.send(subscribingBegins, []);
      const subscription = Subscription.create(uuidv7(), partnerId, wish, now);
      if (authentication)
        subscription.authenticateBy(await this.credentials.seal(work, subscription.id, authentication));
      await work.save(subscription, subscription.created());
      if (sink === undefined) work.send('update subscription set paused_at = $2 where id = $1', [subscription.id, now]);
      if (needsApproval) await this.approvals.ask(work, subscription, since);
      else if (since) await numberPast(work, subscription, now, since);
      return { id: subscription.id, version: subscription.version };
    });
  }

  /** The secret before it goes on signing for so many hours. */
  rotateSecret(id: string, overlapHours: number, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const subscription = await loadOwn(work, id, caller.partnerId);
      const until = new Date(this.clock.now().getTime() + overlapHours * 3_600_000);
      await work.save(subscription, subscription.rotateSecret(until));
      return { id, version: subscription.version };
    });
  }

  end(id: string, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const subscription = await (seesAll(caller) ? work.load(Subscription, id) : loadOwn(work, id, caller.partnerId));
      subscription.end(this.clock.now());
      await work.save(subscription, subscription.ended());
      await this.credentials.destroy(work, id);
      await this.approvals.settle(work, id, caller.sub);
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
    return this.note(
      id,
      caller,
      `acknowledged = greatest(s.acknowledged, least(${lastNumberOf('s')}, $4::int))`,
      sequence,
    );
  }

  private async assertRoom(work: Work, partnerId: string): Promise<void> {
    const most = this.config.MOST_SUBSCRIPTIONS;
    const running = await work.query('select from subscription where partner_id = $1 and ended_at is null limit $2', [
      partnerId,
      most,
    ]);
    if (running.length >= most) throw new TooManySubscriptions(most);
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

function partnerOf({ partnerId }: Principal): string {
  if (partnerId === undefined || !partnerIdShape.test(partnerId)) throw new NotAPartner();
  return partnerId;
}
