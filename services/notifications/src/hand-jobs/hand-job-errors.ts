import { DomainError } from '@okienko/contracts/domain-error';

export class DeliveryDayWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'delivery-day-wrong';
  override readonly basis = 'KPA art. 39–44';
  constructor() {
    super(
      'A message is passed on after it was put here, a notice, a receipt and a return come after that, and none of them after today. Correct the day.',
    );
  }
}

export class EvidenceNumberMissing extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'evidence-number-missing';
  override readonly basis = 'KPA art. 39; Act on electronic delivery, art. 40–42';
  constructor(jobId: string) {
    super(
      `The delivery of job ${jobId} has to be proved. Give the number of the registered letter or of the proof of sending.`,
    );
  }
}

export class SignatureMissing extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'signature-missing';
  override readonly basis = 'KPA art. 46 § 1';
  constructor() {
    super('Whoever receives this message confirms it with a signature and the day. Have it signed and say so.');
  }
}

export class FirstNoticeMissing extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'first-notice-missing';
  override readonly basis = 'KPA art. 44';
  constructor() {
    super(
      'A letter that nobody took counts as delivered from its first notice on. Record the day of that notice first.',
    );
  }
}

export class TakenByAnother extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'taken-by-another';
  constructor() {
    super('Somebody else has taken it. Choose another, or ask them to finish it.');
  }
}

export class MessageSettled extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'message-settled';
  constructor() {
    super('The message is not to be told any more: it has gone another way, or was given up. Leave it.');
  }
}

export class WrongChannel extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'wrong-channel';
  constructor(channel: string, act: string) {
    super(`What goes by ${channel} cannot be ${act}. Look at its channel for what can be done with it.`);
  }
}

export class NothingToPrint extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'nothing-to-print';
  constructor() {
    super('No letter waits to be printed. Come back when some do.');
  }
}

export class LetterNotInRun extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'letter-not-in-run';
  constructor(jobId: string) {
    super(`The letter ${jobId} is not in this print run. Name letters of the run only.`);
  }
}

export class NotReadableNow extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'not-readable-now';
  constructor() {
    super(
      'It can be read by whoever is about to pass it on: take it first. What was passed on is read in the proof of its message.',
    );
  }
}

export class ContentGone extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'content-gone';
  constructor() {
    super('The text of this message is kept no longer, or its person has been erased. Only its hash is left.');
  }
}
