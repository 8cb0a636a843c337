import { DomainError } from '@okienko/contracts/domain-error';

/** What a place of a service is taken by: one item of one person's application. */
export interface Place {
  readonly itemId: string;
  readonly personId: string;
  readonly programmeId: string;
  readonly serviceCode: string;
}

interface Asking {
  readonly personId: string;
  item(itemId: string): { readonly programmeId: string; readonly serviceCode: string };
}

export function placeOf(application: Asking, itemId: string): Place {
  const { programmeId, serviceCode } = application.item(itemId);
  return { itemId, personId: application.personId, programmeId, serviceCode };
}

export class LimitReached extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'limit-reached';
  override readonly basis = 'art. 42(2)';
  constructor() {
    super(
      'Every place of this service is taken. Enter the person on the waiting list if the programme keeps one, or refuse by a decision.',
    );
  }
}

export class PlaceAlreadyHeld extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'place-already-held';
  constructor() {
    super('The person holds a place of this service already.');
  }
}

export class OthersWait extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'others-wait';
  override readonly basis = 'programme, mode of qualification (art. 5(3)(6))';
  constructor() {
    super('Somebody further ahead waits for this service. Decide on the head of the waiting list first.');
  }
}

export class PlaceInUse extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'place-in-use';
  constructor() {
    super('A plan or an allocation uses this place. End that instead.');
  }
}

export class ItemAlreadyPlanned extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'item-already-planned';
  constructor() {
    super(
      'A service asked for here is in another approved plan or allocated singly already. End that first, or leave the service out.',
    );
  }
}
