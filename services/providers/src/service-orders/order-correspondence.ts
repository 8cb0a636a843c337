import { addDays, type Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import {
  answerable,
  assertMayAsk,
  assertWithin,
  type ChangedTerms,
  isOpenIn,
  type NewRequest,
  type OrderRequest,
  type RequestAnswer,
  type Side,
  withAnswer,
  withRequest,
} from '@okienko/contracts/order-request';
import { raisedFacts } from '@okienko/contracts/order-request-properties';
import { serviceOrderAnswerTermMovedV1 } from '@okienko/contracts/providers/service-order-answer-term-moved.v1';
import { serviceOrderAnswerTokenIssuedV1 } from '@okienko/contracts/providers/service-order-answer-token-issued.v1';
import { serviceOrderAnswerTokenRevokedV1 } from '@okienko/contracts/providers/service-order-answer-token-revoked.v1';
import { serviceOrderChangedV1 } from '@okienko/contracts/providers/service-order-changed.v1';
import { serviceOrderRemindedV1 } from '@okienko/contracts/providers/service-order-reminded.v1';
import { serviceOrderRequestAnsweredV1 } from '@okienko/contracts/providers/service-order-request-answered.v1';
import { serviceOrderRequestRaisedV1 } from '@okienko/contracts/providers/service-order-request-raised.v1';
import { orderTermsOn } from '../terms/order-terms';
import { type AnswerToken, spend, type TokenAct } from './answer-token';
import { AnswerTermWrong } from './service-order-errors';
import type { ServiceOrderState } from './service-order';

/** What a provider and the centre say to each other about an order: until when it answers, what they ask, and by what token. */
export abstract class OrderCorrespondence {
  abstract readonly id: string;
  abstract readonly allocationId: string;
  abstract readonly attempt: number;
  abstract readonly providerId: string;
  abstract readonly offerId: string;
  abstract readonly gmina: string | null;
  abstract readonly isOver: boolean;
  abstract readonly holdsPlace: boolean;
  protected abstract readonly state: ServiceOrderState;
  abstract from: Day;
  abstract to: Day;
  abstract quantity: number;
  abstract scheduleCode: string | null;
  abstract placeId: string | null;
  abstract answerBy: Day | null;
  abstract firstAnswerBy: Day | null;
  abstract remindedOn: Day | null;
  abstract requests: readonly OrderRequest[];
  abstract answerToken: AnswerToken | null;

  /** The agreement says how long the provider has. */
  setAnswerTerm(answerBy: Day): DomainEvent<typeof serviceOrderAnswerTermMovedV1> {
    this.firstAnswerBy = answerBy;
    return this.moveAnswerTerm(answerBy, 'AGREEMENT');
  }

  /** "We answer by …": within what the centre allows, while the term still runs. */
  putAnswerOff(answerBy: Day, today: Day): DomainEvent<typeof serviceOrderAnswerTermMovedV1> {
    this.assertUnanswered('put off');
    const { longestExtension, basis } = orderTermsOn(today);
    const until = this.answerBy ?? today;
    this.firstAnswerBy ??= until;
    const latest = addDays(this.firstAnswerBy, longestExtension);
    if (today > until || answerBy <= until || answerBy > latest)
      throw new AnswerTermWrong({ answerBy: until, latest }, basis);
    return this.moveAnswerTerm(answerBy, 'PROVIDER_ASKS');
  }

  remind(today: Day): DomainEvent<typeof serviceOrderRemindedV1> {
    this.remindedOn = today;
    return event(serviceOrderRemindedV1, this.id, { ...this.referral(), answerBy: this.answerBy as Day }, this.terc);
  }

  /** The provider asks. A question may be asked before the answer; what is to change or end must be under way. */
  ask(request: NewRequest, recorded: number): DomainEvent<typeof serviceOrderRequestRaisedV1> {
    const mayAsk = request.kind === 'QUESTION' ? !this.isOver : this.holdsPlace;
    if (!mayAsk) throw new NotInState('service order', 'asked about', this.state);
    assertMayAsk(this.requests, request);
    const { from, to, quantity } = this;
    assertWithin({ from, to, quantity, delivered: Math.max(0, recorded) }, request.terms);
    return this.keep(request);
  }

  /** The centre has asked; nothing when the order is over meanwhile, or what comes back is the provider's own. */
  hear(request: NewRequest): DomainEvent<typeof serviceOrderRequestRaisedV1> | undefined {
    return this.isOver || this.requests.some(({ id }) => id === request.id) ? undefined : this.keep(request);
  }

  answer(requestId: string, answer: RequestAnswer): DomainEvent<typeof serviceOrderRequestAnsweredV1> {
    answerable(this.requests, requestId, 'PROVIDER', answer);
    return this.close(requestId, answer, 'PROVIDER');
  }

  hearAnswer(requestId: string, answer: RequestAnswer): DomainEvent<typeof serviceOrderRequestAnsweredV1> | undefined {
    return isOpenIn(this.requests, requestId) ? this.close(requestId, answer, 'CENTRE') : undefined;
  }

  /** Both have agreed, and the centre says so. What was recorded meanwhile stays part of the order. */
  change(terms: ChangedTerms, recorded: number): DomainEvent<typeof serviceOrderChangedV1> {
    this.from = terms.from ?? this.from;
    this.to = terms.to ?? this.to;
    this.quantity = Math.max(terms.quantity ?? this.quantity, recorded);
    this.scheduleCode = terms.scheduleCode ?? this.scheduleCode;
    this.placeId = terms.placeId ?? this.placeId;
    const { from, to, quantity, scheduleCode, placeId } = this;
    const where = { ...(scheduleCode === null ? {} : { scheduleCode }), ...(placeId === null ? {} : { placeId }) };
    return event(serviceOrderChangedV1, this.id, { ...this.referral(), from, to, quantity, ...where }, this.terc);
  }

  /** Another token takes the place of the one before. */
  issueToken(tokenId: string, expiresAt: Date): DomainEvent<typeof serviceOrderAnswerTokenIssuedV1> {
    this.assertUnanswered('answered by token');
    const told = { tokenId, expiresAt: expiresAt.toISOString() };
    this.answerToken = { id: tokenId, expiresAt: told.expiresAt, used: [], revoked: false };
    return event(serviceOrderAnswerTokenIssuedV1, this.id, { ...this.referral(), ...told }, this.terc);
  }

  revokeToken(): DomainEvent<typeof serviceOrderAnswerTokenRevokedV1> {
    const token = this.answerToken;
    if (!token || token.revoked) throw new NotInState('answer token', 'revoked', token ? 'REVOKED' : 'NOT_ISSUED');
    this.answerToken = { ...token, revoked: true };
    return event(serviceOrderAnswerTokenRevokedV1, this.id, { ...this.referral(), tokenId: token.id }, this.terc);
  }

  useToken(tokenId: string, act: TokenAct): void {
    this.answerToken = spend(this.answerToken, tokenId, act);
  }

  protected referral() {
    const { allocationId, providerId, offerId, attempt } = this;
    return { allocationId, providerId, offerId, attempt };
  }

  private get terc(): string | undefined {
    return this.gmina ?? undefined;
  }

  private assertUnanswered(act: string): void {
    if (this.state !== 'RECEIVED') throw new NotInState('service order', act, this.state);
  }

  private moveAnswerTerm(answerBy: Day, reasonCode: string): DomainEvent<typeof serviceOrderAnswerTermMovedV1> {
    this.answerBy = answerBy;
    this.remindedOn = null;
    return event(serviceOrderAnswerTermMovedV1, this.id, { ...this.referral(), answerBy, reasonCode }, this.terc);
  }

  private keep(request: NewRequest): DomainEvent<typeof serviceOrderRequestRaisedV1> {
    this.requests = withRequest(this.requests, request);
    return event(serviceOrderRequestRaisedV1, this.id, { ...this.referral(), ...raisedFacts(request) }, this.terc);
  }

  private close(
    requestId: string,
    answer: RequestAnswer,
    answeredBy: Side,
  ): DomainEvent<typeof serviceOrderRequestAnsweredV1> {
    this.requests = withAnswer(this.requests, requestId, answer);
    const data = { ...this.referral(), requestId, ...answer, answeredBy };
    return event(serviceOrderRequestAnsweredV1, this.id, data, this.terc);
  }
}
