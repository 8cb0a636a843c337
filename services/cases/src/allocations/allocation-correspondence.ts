import type { Day } from '@okienko/contracts/calendar';
import { allocationAnswerTermMovedV1 } from '@okienko/contracts/cases/allocation-answer-term-moved.v1';
import { allocationChangedV1 } from '@okienko/contracts/cases/allocation-changed.v1';
import { allocationRequestAnsweredV1 } from '@okienko/contracts/cases/allocation-request-answered.v1';
import { allocationRequestRaisedV1 } from '@okienko/contracts/cases/allocation-request-raised.v1';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import {
  answerable,
  assertMayAsk,
  type Bounds,
  BeyondTheGrant,
  type ChangedTerms,
  isOpenIn,
  isWithin,
  type NewRequest,
  type OrderRequest,
  pressingFor,
  type RequestAnswer,
  type Side,
  withAnswer,
  withRequest,
} from '@okienko/contracts/order-request';
import { raisedFacts } from '@okienko/contracts/order-request-properties';
import { AllocationFacts } from './allocation-facts';

/** What the centre and the provider of a service say to each other about it. Nothing granted changes or ends before both have agreed. */
export abstract class AllocationCorrespondence extends AllocationFacts {
  abstract override periodFrom: Day;
  abstract override periodTo: Day;
  abstract override quantity: number;
  protected abstract override answerBy: Day | null;
  abstract requests: readonly OrderRequest[];
  abstract readonly isTaken: boolean;

  moveAnswerTerm(answerBy: Day): DomainEvent<typeof allocationAnswerTermMovedV1> {
    this.answerBy = answerBy;
    return event(allocationAnswerTermMovedV1, this.id, { ...this.referral, answerBy }, this.terc);
  }

  /** The centre asks the provider who performs it. */
  ask(request: NewRequest): DomainEvent<typeof allocationRequestRaisedV1> {
    if (!this.isTaken) throw new NotInState('allocation', 'asked about', this.state);
    assertMayAsk(this.requests, request);
    if (!this.mayChangeTo(request.terms)) throw new BeyondTheGrant(this.bounds);
    return this.keep(request);
  }

  /** The provider has asked. */
  hear(request: NewRequest): DomainEvent<typeof allocationRequestRaisedV1> | undefined {
    return this.requests.some(({ id }) => id === request.id) ? undefined : this.keep(request);
  }

  /** The centre answers; what it agrees to must still be possible. */
  answer(
    requestId: string,
    answer: RequestAnswer,
  ): { request: OrderRequest; answered: DomainEvent<typeof allocationRequestAnsweredV1> } {
    const request = answerable(this.requests, requestId, 'CENTRE', answer);
    if (answer.outcome === 'AGREED' && !this.mayChangeTo(request.terms)) throw new BeyondTheGrant(this.bounds);
    return { request, answered: this.close(requestId, answer, 'CENTRE') };
  }

  /** The provider has answered. */
  hearAnswer(
    requestId: string,
    answer: RequestAnswer,
  ): { request: OrderRequest; answered: DomainEvent<typeof allocationRequestAnsweredV1> } | undefined {
    const request = this.requests.find(({ id }) => id === requestId);
    if (!request || !isOpenIn(this.requests, requestId)) return undefined;
    return { request, answered: this.close(requestId, answer, 'PROVIDER') };
  }

  mayChangeTo(terms: ChangedTerms = {}): boolean {
    const keepsStart = this.startedOn === null || (terms.from ?? this.periodFrom) <= this.startedOn;
    return this.isTaken && keepsStart && isWithin(this.bounds, terms);
  }

  /** Where and when it is performed beside its terms is the order's. */
  change({ from, to, quantity, ...where }: ChangedTerms): DomainEvent<typeof allocationChangedV1> {
    this.periodFrom = from ?? this.periodFrom;
    this.periodTo = to ?? this.periodTo;
    this.quantity = quantity ?? this.quantity;
    const now = { from: this.periodFrom, to: this.periodTo, quantity: this.quantity, ...where };
    const orderId = this.orderId as string;
    return event(allocationChangedV1, this.id, { ...this.referral, orderId, ...now }, this.terc);
  }

  /** What waits for an answer, that of the centre first. */
  get pressing(): OrderRequest | undefined {
    return pressingFor('CENTRE', this.requests);
  }

  /** Units that are not delivered. */
  get left(): number {
    return Math.max(0, this.quantity - this.deliveredTotal);
  }

  private get bounds(): Bounds {
    const { periodFrom: from, periodTo: to, quantity, deliveredTotal: delivered } = this;
    return { from, to, quantity, delivered };
  }

  private get referral() {
    const { matter, offerId, provider: providerId, attempt } = this;
    return { ...matter, offerId, providerId, attempt };
  }

  private keep(request: NewRequest): DomainEvent<typeof allocationRequestRaisedV1> {
    this.requests = withRequest(this.requests, request);
    return event(allocationRequestRaisedV1, this.id, { ...this.referral, ...raisedFacts(request) }, this.terc);
  }

  private close(
    requestId: string,
    answer: RequestAnswer,
    answeredBy: Side,
  ): DomainEvent<typeof allocationRequestAnsweredV1> {
    this.requests = withAnswer(this.requests, requestId, answer);
    const data = { ...this.referral, requestId, ...answer, answeredBy };
    return event(allocationRequestAnsweredV1, this.id, data, this.terc);
  }
}
