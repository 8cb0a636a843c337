import { DomainError } from '@okienko/contracts/domain-error';

export class AlreadyParticipates extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'already-participates';
  constructor() {
    super('A person takes part in a project once, and this one does or did. Find it with GET /project-participations.');
  }
}

export class OutsideProjectPeriod extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'outside-project-period';
  constructor() {
    super('The project does not run on the day of the declaration. Look at its validFrom and validTo.');
  }
}

export class TerminatedBeforeDeclared extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'terminated-before-declared';
  constructor() {
    super('Nobody leaves a project before the day on which they declared to take part in it.');
  }
}
