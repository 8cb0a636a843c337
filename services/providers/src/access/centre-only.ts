import type { Principal } from '@okienko/chassis/access';
import { DomainError } from '@okienko/contracts/domain-error';
import { isProviderAccount } from '../provider-account';

export class ReservedForCentre extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'reserved-for-centre';
  override readonly basis = 'art. 7(2)';
  constructor() {
    super(
      'The centre does this itself: nobody vouches for themselves. A provider account cannot, whatever else it holds.',
    );
  }
}

/** Nobody vouches for themselves: these acts are closed to accounts of providers, whatever other roles they were given. */
export function assertCentre(caller: Principal): void {
  if (isProviderAccount(caller)) throw new ReservedForCentre();
}
