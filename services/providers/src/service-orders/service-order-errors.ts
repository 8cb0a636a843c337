import type { Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';

export class AnswerTermWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'answer-term-wrong';
  constructor(
    { answerBy, latest }: { answerBy: Day; latest: Day },
    override readonly basis: string,
  ) {
    super(`Until ${answerBy} the answer may be put off, to a later day and at most to ${latest}.`);
  }
}

export class AnswerTokenSpent extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'answer-token-spent';
  constructor() {
    super('This token has been used, replaced or taken back. Ask the centre for another.');
  }
}

export class AnswerTokensOff extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'answer-tokens-off';
  constructor() {
    super('This installation has no key for such tokens. Ask its operator to set ANSWER_TOKEN_KEY.');
  }
}
