import type { Day } from '@okienko/contracts/calendar';
import { DomainError, type Fault } from '@okienko/contracts/domain-error';

export class CriterionTwice extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'criterion-twice';
  constructor(override readonly errors: readonly Fault[]) {
    super('Each criterion has a code of its own. Change or leave out what is named below.');
  }
}

export class OwnDraft extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'own-draft';
  override readonly basis = 'art. 13(1)(7), 24(2)(2)';
  constructor() {
    super('Whoever has drafted a standard does not approve it. Somebody else has to.');
  }
}

export class StandardTooEarly extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'standard-too-early';
  override readonly basis = 'art. 24(2)(2)';
  constructor(earliest: Day) {
    super(
      `Nobody is held to a standard before it is approved, or to two at once. Let it begin on ${earliest} or later.`,
    );
  }
}

export class StandardNotForAgreement extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'standard-not-for-agreement';
  override readonly basis = 'art. 7(2), 13(1)(7)';
  constructor() {
    super('An agreement names an approved standard of a service that it covers, which begins by its last day.');
  }
}
