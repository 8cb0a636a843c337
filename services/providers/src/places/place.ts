import type { Day } from '@okienko/contracts/calendar';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { placeClosedV1 } from '@okienko/contracts/providers/place-closed.v1';
import { placeCorrectedV1 } from '@okienko/contracts/providers/place-corrected.v1';
import { placeRegisteredV1 } from '@okienko/contracts/providers/place-registered.v1';

/** What helps people with special needs there (Act on Accessibility of 2019, art. 6). */
export const accessibilityCodes = [
  'STEP_FREE',
  'LIFT',
  'ACCESSIBLE_TOILET',
  'DISABLED_PARKING',
  'GUIDE_DOG',
  'INDUCTION_LOOP',
  'SIGN_LANGUAGE',
  'TACTILE_SIGNS',
  'EASY_TO_READ',
  'QUIET_ROOM',
] as const;
export type AccessibilityCode = (typeof accessibilityCodes)[number];

export interface PlaceDetails {
  readonly name: string;
  readonly address: string;
  readonly terc?: string;
  /** WGS 84; both or neither. */
  readonly latitude?: number;
  readonly longitude?: number;
  readonly accessibility?: readonly AccessibilityCode[];
}

export class CoordinatesIncomplete extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'coordinates-incomplete';
  constructor() {
    super('A latitude without a longitude is nowhere. Give both, or neither.');
  }
}

/** Where a provider serves. When it is open, its capacities say. */
export class Place {
  readonly name!: string;
  readonly address!: string;
  readonly terc!: string | null;
  readonly latitude!: number | null;
  readonly longitude!: number | null;
  readonly accessibility!: readonly AccessibilityCode[];
  private closedOn: Day | null = null;

  private constructor(
    readonly id: string,
    readonly version: number,
    readonly providerId: string,
  ) {}

  static register(id: string, providerId: string, details: PlaceDetails): Place {
    const place = new Place(id, 0, providerId);
    place.write(details);
    return place;
  }

  registered(): DomainEvent<typeof placeRegisteredV1> {
    return event(placeRegisteredV1, this.id, this.facts(), this.terc ?? undefined);
  }

  correct(details: PlaceDetails): DomainEvent<typeof placeCorrectedV1> {
    if (this.closedOn !== null) throw new NotInState('place', 'corrected', 'CLOSED');
    this.write(details);
    return event(placeCorrectedV1, this.id, this.facts(), this.terc ?? undefined);
  }

  close(on: Day): DomainEvent<typeof placeClosedV1> {
    if (this.closedOn !== null) throw new NotInState('place', 'closed', 'CLOSED');
    this.closedOn = on;
    return event(placeClosedV1, this.id, { providerId: this.providerId, closedOn: on }, this.terc ?? undefined);
  }

  private write({ name, address, terc, latitude, longitude, accessibility = [] }: PlaceDetails): void {
    if ((latitude === undefined) !== (longitude === undefined)) throw new CoordinatesIncomplete();
    const where = { latitude: latitude ?? null, longitude: longitude ?? null };
    Object.assign(this, {
      name,
      address,
      terc: terc ?? null,
      ...where,
      accessibility: [...new Set(accessibility)].sort(),
    });
  }

  /** Its address and coordinates may be the home of a provider that is a natural person, so no event has them. */
  private facts(): { providerId: string; accessibility: AccessibilityCode[]; terc?: string } {
    const { providerId, accessibility, terc } = this;
    return { providerId, accessibility: [...accessibility], ...(terc === null ? {} : { terc }) };
  }
}
