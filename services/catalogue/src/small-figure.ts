import { DomainError } from '@okienko/contracts/domain-error';

/** Aggregates go out, and what tells of a few persons stays (the smallest figure is one of the statutory terms). */
export class SmallFigure extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'small-figure';
  constructor(smallest: number) {
    super(`A figure of fewer than ${smallest} could tell who they are. Merge it with another, or leave it out.`);
  }
}

/** Nobody at all is told. */
export function assertNoneSmall(counts: readonly number[], smallest: number): void {
  if (counts.some((count) => count > 0 && count < smallest)) throw new SmallFigure(smallest);
}
