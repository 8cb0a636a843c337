import { Changed } from '@okienko/chassis/http';
import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsId, Parts } from '@okienko/chassis/validation';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import type { Question } from '../terms/survey-questions';
import { type Channel, channels, type SurveyCause, type SurveyState, surveyStates } from './survey';

export class AnswerDto {
  /** Code of a question of the survey. @example "RESPECT" */
  @IsCode() question!: string;
  /** 1 to 5 on a scale; 1 for yes, 0 for no. @example 4 */
  @IsInt() @Min(0) @Max(5) score!: number;
}

export class AnswerSurvey {
  /** Every question once. */
  @Parts(() => AnswerDto, 1, 5) answers!: AnswerDto[];
}

export class ThroughChannel {
  /** How the recipient said so. @example "PHONE" */
  @IsIn(channels) channel!: (typeof channels)[number];
}

export class RecordAnswers extends ThroughChannel {
  /** Every question once. */
  @Parts(() => AnswerDto, 1, 5) answers!: AnswerDto[];
}

export class ListSurveys extends PageQuery {
  /** @example "OPEN" */
  @IsOptional() @IsIn(surveyStates) state?: SurveyState;
  @IsOptional() @IsId() orderId?: string;
  @IsOptional() @IsId() allocationId?: string;
}

export class SurveySummary {
  id!: string;
  version!: number;
  orderId!: string;
  allocationId!: string;
  providerId!: string;
  offerId!: string;
  cause!: SurveyCause;
  /** The last day for an answer. @example "2026-04-01" */
  answerBy!: string;
  state!: SurveyState;
  /** How it was answered or declined. */
  channel!: Channel | null;
}

export class QuestionView {
  /** @example "RESPECT" */
  code!: string;
  /** SCALE takes 1 to 5, YES_NO takes 1 and 0. */
  kind!: Question['kind'];
  /** By language tag; `pl-x-etr` is easy to read. */
  text!: Question['text'];
}

export class SurveyView extends SurveySummary {
  questions!: QuestionView[];
}

/** For whoever holds the survey's token: nothing in it says who that is. */
export class SurveyToAnswer {
  id!: string;
  version!: number;
  offerId!: string;
  /** @example "2026-04-01" */
  answerBy!: string;
  questions!: QuestionView[];
}

export class SurveyTokenIssued extends Changed {
  /** Send it as `Okienko-Answer-Token` to `/surveys/{id}/answer`. It is shown here alone. */
  token!: string;
  /** @example "2026-04-01T22:00:00.000Z" */
  expiresAt!: string;
}
