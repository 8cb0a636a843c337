import { DomainError } from '@okienko/contracts/domain-error';

export class PersonAlreadyRegistered extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'person-already-registered';
  constructor() {
    super('A person with this identifier is registered already. Find them with POST /persons/search.');
  }
}

export class BirthDateWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'birth-date-wrong';
  constructor(why: string) {
    super(why);
  }
}

export class NothingToCorrect extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'nothing-to-correct';
  constructor() {
    super('This is what the record says already, so there is nothing to correct.');
  }
}

export class PersonMerged extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'person-merged';
  constructor(survivorId: string) {
    super(`This record has been merged into the one of the same person, ${survivorId}. Act on that one.`);
  }
}

export class PersonDead extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'person-dead';
  constructor() {
    super('The person has died. If that was recorded by mistake, correct it with POST /persons/{id}/death-correction.');
  }
}

export class ProcessingRestricted extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'processing-restricted';
  override readonly basis = 'GDPR art. 18';
  constructor() {
    super(
      'The data of this person are kept and not used: their processing is restricted. For a legal claim say Okienko-Purpose: LEGAL_CLAIM; else lift the restriction with POST /persons/{id}/restriction-lifting.',
    );
  }
}

export class ResidenceUnknown extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'residence-unknown';
  override readonly basis = 'programme, conditions of qualification (art. 5(3)(6))';
  constructor() {
    super(
      'The person has moved out and nobody knows where to. Record where they live with POST /persons/{id}/identity.',
    );
  }
}

export class DeathDateWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'death-date-wrong';
  constructor() {
    super('A person dies between the day of their birth and today.');
  }
}

export class SameGmina extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'same-gmina';
  constructor() {
    super('That is the gmina where the person lives already. Moving within it ends nothing.');
  }
}
