import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { noticeAcknowledgedV1 } from '@okienko/contracts/notifications/notice-acknowledged.v1';
import { noticeEscalatedV1 } from '@okienko/contracts/notifications/notice-escalated.v1';
import { noticeOpenedV1 } from '@okienko/contracts/notifications/notice-opened.v1';
import { type Addressee, inboxOf, roleAbove } from './addressee';

/** A TASK asks for something to be done, a NOTICE to be known. */
export type NoticeKind = 'NOTICE' | 'TASK';

/** What staff or a provider should know or do about a matter; what it says is its code, never a text about somebody. */
export interface NoticeTerms {
  readonly causeId: string;
  readonly matterId: string;
  readonly personId?: string;
  readonly to: Addressee;
  readonly kind: NoticeKind;
  readonly code: string;
  /** By when somebody has to take charge of it. */
  readonly dueAt?: Date;
}

export class Notice {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly causeId: string,
    readonly matterId: string,
    readonly personId: string | null,
    readonly inbox: string,
    readonly kind: NoticeKind,
    readonly code: string,
    readonly openedAt: Date,
    readonly dueAt: Date | null,
    private acknowledgedBy: string | null,
    private acknowledgedAt: Date | null,
    /** The inbox of those who answer for it, once it is overdue. */
    public escalatedTo: string | null,
    private escalatedAt: Date | null,
  ) {}

  static open(id: string, { causeId, matterId, personId, to, kind, code, dueAt }: NoticeTerms, now: Date): Notice {
    const whose = personId ?? null;
    const term = dueAt ?? null;
    return new Notice(id, 0, causeId, matterId, whose, inboxOf(to), kind, code, now, term, null, null, null, null);
  }

  opened(): DomainEvent<typeof noticeOpenedV1> {
    return event(noticeOpenedV1, this.id, { ...this.about(), ...(this.dueAt && { dueAt: this.dueAt.toISOString() }) });
  }

  acknowledge(by: string, now: Date): DomainEvent<typeof noticeAcknowledgedV1> {
    if (this.acknowledgedAt !== null) throw new NotInState('notice', 'acknowledged', 'ACKNOWLEDGED');
    this.acknowledgedBy = by;
    this.acknowledgedAt = now;
    return event(noticeAcknowledgedV1, this.id, { ...this.about(), acknowledgedBy: this.acknowledgedBy });
  }

  /** Of what is overdue; once. */
  escalate(now: Date): DomainEvent<typeof noticeEscalatedV1> | undefined {
    const isLate = this.dueAt !== null && this.dueAt <= now;
    if (!isLate || this.acknowledgedAt !== null || this.escalatedAt !== null) return undefined;
    const role = roleAbove(this.inbox);
    this.escalatedTo = inboxOf({ role });
    this.escalatedAt = now;
    return event(noticeEscalatedV1, this.id, { ...this.about(), dueAt: this.dueAt.toISOString(), role });
  }

  private about() {
    const { causeId, matterId, personId, kind, code } = this;
    return { causeId, matterId, kind, code, ...(personId && { personId }) };
  }
}
