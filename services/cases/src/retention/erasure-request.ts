import type { Day } from '@okienko/contracts/calendar';
import { erasureRequestDecidedV1 } from '@okienko/contracts/cases/erasure-request-decided.v1';
import { erasureRequestProlongedV1 } from '@okienko/contracts/cases/erasure-request-prolonged.v1';
import { erasureRequestReceivedV1 } from '@okienko/contracts/cases/erasure-request-received.v1';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { DayInTheFuture } from '../plans/plan-errors';
import { clockFrom, clockProlonged } from '../terms/clocks';

/** Why an answer may take longer (GDPR art. 12(3)). */
export const prolongationReasons = ['COMPLEXITY', 'NUMBER_OF_REQUESTS'] as const;
export type ProlongationReason = (typeof prolongationReasons)[number];

/** What obliges a centre to keep data that somebody asks it to erase (GDPR art. 17(3)). */
export const refusalBases = ['ART_17_3_B', 'ART_17_3_D', 'ART_17_3_E', 'NOT_PROCESSED_UNLAWFULLY'] as const;
export type RefusalBasis = (typeof refusalBases)[number];

export class MustBeKept extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'must-be-kept';
  override readonly basis = 'GDPR art. 17(3)(b)';
  constructor() {
    super(
      'The data must still be kept: a matter is under way, within its period, or held. Refuse the request, and say so to the person.',
    );
  }
}

export class ToldTooLate extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'told-too-late';
  override readonly basis = 'GDPR art. 12(3)';
  constructor() {
    super(
      'A person has to be told of a longer term, and why, between the day on which they asked and the last of the month. Answer without delay.',
    );
  }
}

export class OwnRequest extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'own-erasure-request';
  constructor() {
    super('Whoever took down the request cannot grant it. Ask a head of the centre.');
  }
}

export class RequestOpen extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'erasure-request-open';
  constructor() {
    super('A request of this person for erasure waits for an answer already.');
  }
}

/** Somebody asks that their data be erased (GDPR art. 17). What the law wants kept is kept, and that is the answer. */
export class ErasureRequest {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly personId: string,
    private state: 'RECEIVED' | 'GRANTED' | 'REFUSED',
    readonly receivedBy: string,
    readonly receivedOn: Day,
    public answerBy: Day,
    public prolongedFor: ProlongationReason | null,
    public informedOn: Day | null,
    public decidedBy: string | null,
    public decidedOn: Day | null,
    public basis: string | null,
  ) {}

  static receive(
    id: string,
    person: { readonly id: string; readonly unit: string },
    receivedOn: Day,
    by: string,
    today: Day,
  ): ErasureRequest {
    if (receivedOn > today) throw new DayInTheFuture();
    const { dueOn } = clockFrom('ERASURE_ANSWER', receivedOn);
    const { id: personId, unit } = person;
    return new ErasureRequest(id, 0, unit, personId, 'RECEIVED', by, receivedOn, dueOn, null, null, null, null, null);
  }

  /** Once, and only if the person has been told in time, with the reason. */
  prolong(reason: ProlongationReason, informedOn: Day, today: Day): DomainEvent<typeof erasureRequestProlongedV1> {
    const longer = clockProlonged('ERASURE_ANSWER', this.receivedOn);
    if (this.state !== 'RECEIVED' || this.prolongedFor !== null || !longer)
      throw new NotInState('erasure request', 'prolonged', this.prolongedFor === null ? this.state : 'PROLONGED');
    if (informedOn > today) throw new DayInTheFuture();
    if (informedOn < this.receivedOn || informedOn > this.answerBy) throw new ToldTooLate();
    Object.assign(this, { prolongedFor: reason, informedOn, answerBy: longer.dueOn });
    const { personId, answerBy } = this;
    return event(erasureRequestProlongedV1, this.id, { personId, reason, informedOn, answerBy });
  }

  grant(by: string, today: Day): DomainEvent<typeof erasureRequestDecidedV1> {
    if (by === this.receivedBy) throw new OwnRequest();
    return this.decide('GRANTED', 'ART_17_1', by, today);
  }

  refuse(basis: RefusalBasis, by: string, today: Day): DomainEvent<typeof erasureRequestDecidedV1> {
    return this.decide('REFUSED', basis, by, today);
  }

  received(): DomainEvent<typeof erasureRequestReceivedV1> {
    const { personId, receivedOn, answerBy } = this;
    return event(erasureRequestReceivedV1, this.id, { personId, receivedOn, answerBy });
  }

  private decide(
    decision: 'GRANTED' | 'REFUSED',
    basis: string,
    by: string,
    today: Day,
  ): DomainEvent<typeof erasureRequestDecidedV1> {
    if (this.state !== 'RECEIVED') throw new NotInState('erasure request', decision.toLowerCase(), this.state);
    Object.assign(this, { state: decision, basis, decidedBy: by, decidedOn: today });
    return event(erasureRequestDecidedV1, this.id, { personId: this.personId, decision, basis, decidedOn: today });
  }
}
