import { DomainError, type Fault } from '@okienko/contracts/domain-error';

export class SurveyAnswersWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'survey-answers-wrong';
  constructor(override readonly errors: readonly Fault[]) {
    super('Answer every question of this survey once: a scale with 1 to 5, yes with 1 and no with 0.');
  }
}
