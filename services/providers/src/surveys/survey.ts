import { addDays, type Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { surveyAnswerTokenIssuedV1 } from '@okienko/contracts/providers/survey-answer-token-issued.v1';
import { surveyAnsweredV1 } from '@okienko/contracts/providers/survey-answered.v1';
import { surveyDeclinedV1 } from '@okienko/contracts/providers/survey-declined.v1';
import { surveyExpiredV1 } from '@okienko/contracts/providers/survey-expired.v1';
import { surveyOpenedV1 } from '@okienko/contracts/providers/survey-opened.v1';
import type { ServiceOrder } from '../service-orders/service-order';
import { AnswerTokenSpent } from '../service-orders/service-order-errors';
import { type Question, questionEditionOn } from '../terms/survey-questions';
import { surveyTermsOn } from '../terms/survey-terms';

export const surveyStates = ['OPEN', 'ANSWERED', 'DECLINED', 'EXPIRED'] as const;
export type SurveyState = (typeof surveyStates)[number];

/** The service is over, or goes on for long. */
export type SurveyCause = 'COMPLETED' | 'PERIODIC';

/** How staff were told what the recipient says. */
export const channels = ['PHONE', 'DESK', 'PAPER'] as const;
/** TOKEN: by nobody, the recipient has answered without an account. */
export type Channel = (typeof channels)[number] | 'TOKEN';

/** Whether the recipient of a service was asked what it was like. What they say is never kept with it, so nothing tells who said what. */
export class Survey {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly orderId: string,
    readonly allocationId: string,
    readonly providerId: string,
    readonly offerId: string,
    readonly gmina: string | null,
    readonly cause: SurveyCause,
    /** Which of the order's surveys for that cause. */
    readonly round: number,
    /** The first day of the edition of questions. */
    readonly edition: Day,
    /** The last day for an answer. */
    readonly answerBy: Day,
    private state: SurveyState,
    public channel: Channel | null,
    /** The newest token; only it counts. */
    private tokenId: string | null,
  ) {}

  static open(id: string, order: ServiceOrder, cause: SurveyCause, round: number, today: Day): Survey {
    const { id: orderId, allocationId, providerId, offerId, gmina } = order;
    const { validFrom: edition } = questionEditionOn(today);
    const answerBy = addDays(today, surveyTermsOn(today).answerDays);
    return new Survey(
      id,
      0,
      orderId,
      allocationId,
      providerId,
      offerId,
      gmina,
      cause,
      round,
      edition,
      answerBy,
      'OPEN',
      null,
      null,
    );
  }

  get questions(): readonly Question[] {
    return questionEditionOn(this.edition).questions;
  }

  opened(): DomainEvent<typeof surveyOpenedV1> {
    const { orderId, allocationId, cause, answerBy } = this;
    const data = { orderId, allocationId, ...this.service(), cause, answerBy };
    return event(surveyOpenedV1, this.id, data, this.gmina ?? undefined);
  }

  answer(channel: Channel, today: Day): DomainEvent<typeof surveyAnsweredV1> {
    this.end('ANSWERED', channel, today);
    return event(surveyAnsweredV1, this.id, { ...this.service(), channel }, this.gmina ?? undefined);
  }

  decline(channel: Channel, today: Day): DomainEvent<typeof surveyDeclinedV1> {
    this.end('DECLINED', channel, today);
    return event(surveyDeclinedV1, this.id, { ...this.service(), channel }, this.gmina ?? undefined);
  }

  expire(expiredOn: Day): DomainEvent<typeof surveyExpiredV1> {
    this.state = 'EXPIRED';
    return event(surveyExpiredV1, this.id, { ...this.service(), expiredOn }, this.gmina ?? undefined);
  }

  /** Another token takes the place of the one before. */
  issueToken(tokenId: string, expiresAt: string, today: Day): DomainEvent<typeof surveyAnswerTokenIssuedV1> {
    this.assertOpen('answered by token', today);
    this.tokenId = tokenId;
    const data = { ...this.service(), tokenId, expiresAt };
    return event(surveyAnswerTokenIssuedV1, this.id, data, this.gmina ?? undefined);
  }

  assertNewestToken(tokenId: string): void {
    if (this.tokenId !== tokenId || this.state !== 'OPEN') throw new AnswerTokenSpent();
  }

  private end(state: 'ANSWERED' | 'DECLINED', channel: Channel, today: Day): void {
    this.assertOpen(state.toLowerCase(), today);
    this.state = state;
    this.channel = channel;
  }

  private assertOpen(act: string, today: Day): void {
    if (this.state !== 'OPEN') throw new NotInState('survey', act, this.state);
    if (today > this.answerBy) throw new NotInState('survey', act, 'EXPIRED');
  }

  private service() {
    const { providerId, offerId } = this;
    return { providerId, offerId };
  }
}
