import { DomainError } from '@okienko/contracts/domain-error';
import type { ApplicationItem } from './application-item';

export class OfferNotOpen extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'offer-not-open';
  override readonly basis = 'art. 35';
  constructor(offerId: string) {
    super(
      `The offer ${offerId} is not a published service of the centre's programme, so nobody can apply for it here.`,
    );
  }
}

/** An offer as this service knows it from the catalogue. */
export interface Offer {
  readonly id: string;
  readonly programmeId: string;
  readonly serviceCode: string;
}

export interface RequestedOffer {
  readonly offerId: string;
  readonly quantity?: number;
}

/** An item per requested offer, in the order of the request. */
export function itemsFor(
  requested: readonly RequestedOffer[],
  open: readonly Offer[],
  newId: () => string,
): ApplicationItem[] {
  return requested.map(({ offerId, quantity }) => {
    const offer = open.find(({ id }) => id === offerId);
    if (!offer) throw new OfferNotOpen(offerId);
    const { programmeId, serviceCode } = offer;
    const asked = quantity === undefined ? {} : { quantity };
    return { id: newId(), offerId: offer.id, programmeId, serviceCode, ...asked, state: 'SUBMITTED' };
  });
}
