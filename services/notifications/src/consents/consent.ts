import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { consentEndedV1 } from '@okienko/contracts/notifications/consent-ended.v1';
import { consentGivenV1 } from '@okienko/contracts/notifications/consent-given.v1';

/** How the person said it. */
export const consentChannels = ['AT_THE_DESK', 'BY_PHONE', 'IN_WRITING', 'ELECTRONICALLY'] as const;
export type ConsentChannel = (typeof consentChannels)[number];

export class ConsentInForce extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'consent-in-force';
  constructor() {
    super('The person has consented to these messages already. End that consent before you record another.');
  }
}

/** A person wants messages that nobody owes them. What the law or the service itself makes necessary needs none. */
export class Consent {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly personId: string,
    /** The rule whose messages it is about. */
    readonly topic: string,
    readonly channel: ConsentChannel,
    readonly givenAt: Date,
    readonly givenBy: string,
    private endedAt: Date | null,
    private endedBy: string | null,
  ) {}

  static give(
    id: string,
    personId: string,
    { topic, channel }: Pick<Consent, 'topic' | 'channel'>,
    by: string,
    now: Date,
  ): Consent {
    return new Consent(id, 0, personId, topic, channel, now, by, null, null);
  }

  /** By whom of the staff; null: by the person, with the link in a message. */
  end(by: string | null, now: Date): void {
    if (this.endedAt) throw new NotInState('consent', 'ended', 'ENDED');
    this.endedAt = now;
    this.endedBy = by;
  }

  given(): DomainEvent<typeof consentGivenV1> {
    const { personId, topic, channel, givenBy: by } = this;
    return event(consentGivenV1, this.id, { personId, topic, channel, by });
  }

  ended(): DomainEvent<typeof consentEndedV1> {
    const { personId, topic, endedBy: by } = this;
    return event(consentEndedV1, this.id, { personId, topic, ...(by === null ? {} : { by }) });
  }
}
