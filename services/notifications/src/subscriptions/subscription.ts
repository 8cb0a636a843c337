import { NotFound, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { subscriptionApprovalAskedV1 } from '@okienko/contracts/notifications/subscription-approval-asked.v1';
import { subscriptionApprovedV1 } from '@okienko/contracts/notifications/subscription-approved.v1';
import { subscriptionChangedV1 } from '@okienko/contracts/notifications/subscription-changed.v1';
import { subscriptionCreatedV1 } from '@okienko/contracts/notifications/subscription-created.v1';
import { subscriptionEndedV1 } from '@okienko/contracts/notifications/subscription-ended.v1';
import { subscriptionFailingV1 } from '@okienko/contracts/notifications/subscription-failing.v1';
import { subscriptionRecoveredV1 } from '@okienko/contracts/notifications/subscription-recovered.v1';
import { subscriptionRefusedV1 } from '@okienko/contracts/notifications/subscription-refused.v1';
import { subscriptionSecretRotatedV1 } from '@okienko/contracts/notifications/subscription-secret-rotated.v1';
import { assertKnown } from '../grants/event-types';
import type { ShownAuthentication } from './authentication';
import type { Filter } from './filter';
import type { Signature } from './webhook-secret';

/** What a partner asks for. */
export interface Wish {
  /** Empty where nothing is to be posted: it is read over the feed or NATS alone. */
  readonly sink: string;
  readonly types: readonly string[];
  readonly filters: readonly Filter[];
  readonly signature?: Signature;
  /** What its sink agrees to. */
  readonly postsPerMinute?: number | undefined;
  /** Who is told when the sink is down: an address of the partner's system, not of a person. */
  readonly alertEmail?: string | undefined;
  /** How many events come in one post at most; without it one does, by itself. */
  readonly batchSize?: number | undefined;
}

/** How the centre shows a sink who it is: what may be told of it, and all of it under the key of the subscription. */
export interface Credentials {
  readonly shown: ShownAuthentication;
  readonly sealed: Buffer;
}

/** What the centre says of it where a grant asks for that. Only NOT_NEEDED and GIVEN let anything be numbered and sent. */
export type Approval = 'NOT_NEEDED' | 'AWAITED' | 'GIVEN' | 'REFUSED';

export const isOpen = (approval: Approval): boolean => approval === 'NOT_NEEDED' || approval === 'GIVEN';
/** The same in SQL. */
export const openInSql = `approval in ('NOT_NEEDED', 'GIVEN')`;

/** The last number that the subscription `s` has given to an event. It stands apart: it changes with every event, the rest hardly ever. */
export const lastNumberOf = (s: string): string =>
  `(select n.last from subscription_number n where n.subscription_id = ${s}.id)`;

export interface Decision {
  readonly by: string;
  readonly reason: string;
  readonly now: Date;
}

/** A partner's wish to be told. What it is told is this wish narrowed by its grants. */
export class Subscription {
  readonly authentication: ShownAuthentication | null = null;
  readonly sealedCredential: Buffer | null = null;
  /** Counts the changes of its authentication and never goes back, so that a replica knows what it remembers to be old. */
  readonly credentialVersion: number = 0;
  readonly approval: Approval = 'NOT_NEEDED';
  readonly approvalBy: string | null = null;
  readonly approvalAt: Date | null = null;
  readonly approvalReason: string | null = null;

  private constructor(
    readonly id: string,
    readonly version: number,
    readonly partnerId: string,
    readonly sink: string,
    /** Names of events or prefixes; none stands for all that is granted. */
    readonly types: readonly string[],
    /** All of them have to fit. */
    readonly filters: readonly Filter[],
    readonly signature: Signature,
    readonly postsPerMinute: number | null,
    readonly alertEmail: string | null,
    readonly createdAt: Date,
    private secret: number,
    private earlierUntil: Date | null,
    private endedAt: Date | null,
    readonly batchSize: number | null,
  ) {}

  static create(id: string, partnerId: string, wish: Wish, now: Date): Subscription {
    const {
      sink,
      types,
      filters,
      signature = 'HMAC',
      postsPerMinute = null,
      alertEmail = null,
      batchSize = null,
    } = wish;
    assertKnown(types);
    return new Subscription(
      id,
      0,
      partnerId,
      sink,
      types,
      filters,
      signature,
      postsPerMinute,
      alertEmail,
      now,
      1,
      null,
      null,
      batchSize,
    );
  }

  /** Which of its secrets signs now: 1, 2, 3 … */
  get secretVersion(): number {
    return this.secret;
  }

  get earlierSecretUntil(): Date | null {
    return this.earlierUntil;
  }

  /** Whether the centre lets it be numbered and sent. */
  get isOpen(): boolean {
    return isOpen(this.approval);
  }

  /** A new secret signs from now on, beside the one before it until `earlierUntil`. */
  rotateSecret(earlierUntil: Date): DomainEvent<typeof subscriptionSecretRotatedV1> {
    if (this.endedAt) throw new NotFound('subscription');
    this.secret += 1;
    this.earlierUntil = earlierUntil;
    return event(subscriptionSecretRotatedV1, this.id, {
      partnerId: this.partnerId,
      earlierSecretUntil: earlierUntil.toISOString(),
    });
  }

  moveTo(sink: string, postsPerMinute: number | undefined): DomainEvent<typeof subscriptionChangedV1> {
    return this.change('SINK', { sink, postsPerMinute: postsPerMinute ?? null });
  }

  /** Undefined: by its signature alone. */
  authenticateBy(credentials: Credentials | undefined): DomainEvent<typeof subscriptionChangedV1> {
    return this.change('AUTHENTICATION', {
      authentication: credentials?.shown ?? null,
      sealedCredential: credentials?.sealed ?? null,
      credentialVersion: this.credentialVersion + 1,
    });
  }

  /** Of what comes from now on; what has a number keeps it. */
  want(types: readonly string[], filters: readonly Filter[]): DomainEvent<typeof subscriptionChangedV1> {
    assertKnown(types);
    return this.change('FILTERS', { types, filters });
  }

  signBy(signature: Signature): DomainEvent<typeof subscriptionChangedV1> {
    return this.change('SIGNATURE', { signature });
  }

  alert(alertEmail: string | null): DomainEvent<typeof subscriptionChangedV1> {
    return this.change('ALERT_EMAIL', { alertEmail });
  }

  askApproval(): DomainEvent<typeof subscriptionApprovalAskedV1> {
    this.become({ approval: 'AWAITED', approvalBy: null, approvalAt: null, approvalReason: null });
    return event(subscriptionApprovalAskedV1, this.id, { partnerId: this.partnerId });
  }

  approve(decision: Decision): DomainEvent<typeof subscriptionApprovedV1> {
    this.decide('GIVEN', decision);
    return event(subscriptionApprovedV1, this.id, { partnerId: this.partnerId, decidedBy: decision.by });
  }

  refuse(decision: Decision): DomainEvent<typeof subscriptionRefusedV1> {
    this.decide('REFUSED', decision);
    return event(subscriptionRefusedV1, this.id, { partnerId: this.partnerId, decidedBy: decision.by });
  }

  end(now: Date): void {
    this.become({ authentication: null, sealedCredential: null });
    this.endedAt = now;
  }

  failing(): DomainEvent<typeof subscriptionFailingV1> {
    return event(subscriptionFailingV1, this.id, { partnerId: this.partnerId });
  }

  recovered(): DomainEvent<typeof subscriptionRecoveredV1> {
    return event(subscriptionRecoveredV1, this.id, { partnerId: this.partnerId });
  }

  created(): DomainEvent<typeof subscriptionCreatedV1> {
    return event(subscriptionCreatedV1, this.id, { partnerId: this.partnerId });
  }

  ended(): DomainEvent<typeof subscriptionEndedV1> {
    return event(subscriptionEndedV1, this.id, { partnerId: this.partnerId });
  }

  private change(part: string, what: Partial<Subscription>): DomainEvent<typeof subscriptionChangedV1> {
    this.become(what);
    return event(subscriptionChangedV1, this.id, { partnerId: this.partnerId, part });
  }

  private decide(approval: 'GIVEN' | 'REFUSED', { by, reason, now }: Decision): void {
    if (this.approval !== 'AWAITED') throw new NotInState('subscription', 'decided on', this.approval);
    this.become({ approval, approvalBy: by, approvalAt: now, approvalReason: reason });
  }

  private become(what: Partial<Subscription>): void {
    if (this.endedAt) throw new NotFound('subscription');
    Object.assign(this, what);
  }
}
