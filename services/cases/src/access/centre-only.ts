import type { Principal } from '@okienko/chassis/access';
import { DomainError } from '@okienko/contracts/domain-error';

export class ReservedForCentre extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'reserved-for-centre';
  override readonly basis = 'art. 49';
  constructor() {
    super(
      'Qualifying, recognising needs and drafting a plan are done by the centre itself. A provider account cannot do it.',
    );
  }
}

/** Art. 49: these acts are never outsourced, whatever other roles an account of a provider may hold. */
export function assertCentre(caller: Principal): void {
  if (caller.providerId !== undefined || caller.roles.includes('provider')) throw new ReservedForCentre();
}
