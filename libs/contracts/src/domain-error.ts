/** What kind of "no" it is. HTTP and messaging translate it; the domain knows no status code. */
export type DomainErrorKind = 'not-found' | 'conflict' | 'rule-broken' | 'forbidden' | 'stale';

/** What is wrong in one place of what was asked. */
export interface Fault {
  /** JSON Pointer (RFC 6901). */
  readonly pointer: string;
  readonly detail: string;
}

/** A rule that said no. `code` is the last segment of the problem type, `message` says what to do. */
export abstract class DomainError extends Error {
  abstract readonly kind: DomainErrorKind;
  abstract readonly code: string;
  /** Article of the Act or element of the programme that the rule comes from. */
  readonly basis?: string;
  /** All that is wrong, where it is more than one thing. */
  readonly errors?: readonly Fault[];
}

export class NotFound extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'not-found';
  constructor(what: string) {
    super(`There is no such ${what}, or you may not see it.`);
  }
}

export class StaleVersion extends DomainError {
  readonly kind = 'stale';
  readonly code = 'stale-version';
  constructor(expected: number, found: number) {
    super(`You changed version ${expected}, but it is at version ${found}. Read it again and repeat the change.`);
  }
}

export class NotInState extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'wrong-state';
  constructor(what: string, act: string, state: string) {
    super(`The ${what} is ${state}, and from there it cannot be ${act}.`);
  }
}
