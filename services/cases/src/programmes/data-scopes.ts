import { isCovered } from '@okienko/contracts/data-scope';
import { DomainError } from '@okienko/contracts/domain-error';

export class OutsideDataScope extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'outside-data-scope';
  override readonly basis = 'programme, personal data needed (art. 5(3)(9), 50(1))';
  constructor(categories: readonly string[]) {
    super(
      `No programme of this application lets the centre collect ${categories.join(', ')}. Record what was said without these data.`,
    );
  }
}

/** What no programme lists may not be kept. `scope` is what the programmes of all items list, each in the edition that counts for its item. */
export function assertInScope(categories: readonly string[], scope: readonly string[]): void {
  const outside = categories.filter((category) => !isCovered(category, scope));
  if (outside.length > 0) throw new OutsideDataScope(outside);
}
