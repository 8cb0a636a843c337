import { PageQuery } from '@okienko/chassis/page';
import type { ProgrammeView } from '../programmes/programmes.dto';
import type { DraftServiceOffer } from '../service-offers/service-offers.dto';

export class FollowChanges extends PageQuery {}

/** A published offer as it is written, without what changes beside it: free places, and whether its owner has been silent for long. */
export interface PublishedOffer extends DraftServiceOffer {
  id: string;
  version: number;
}

/** The newest of an offer: what it says, or that it is public no longer. */
export class ServiceOfferChange {
  id!: string;
  /** When it changed. */
  at!: string;
  offer?: PublishedOffer;
  /** Withdrawn: remove your copy. */
  deleted?: true;
}

export class ServiceOfferChanges {
  items!: ServiceOfferChange[];
  /** Cursor of the next page; absent when nothing more has changed yet. */
  next?: string;
  /** Ask again with `after` set to this, now or next week. */
  position!: string;
}

export class ServiceOfferSnapshot {
  items!: PublishedOffer[];
  /** Cursor of the next page. */
  next?: string;
  /** The same on every page: after the last one, follow `/service-offer-changes` from here. */
  position!: string;
}

export class ProgrammeChange {
  id!: string;
  /** When it changed. */
  at!: string;
  programme?: ProgrammeView;
  /** Public no longer: remove your copy. */
  deleted?: true;
}

export class ProgrammeChanges {
  items!: ProgrammeChange[];
  /** Cursor of the next page; absent when nothing more has changed yet. */
  next?: string;
  /** Ask again with `after` set to this, now or next week. */
  position!: string;
}
