import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';

export interface FreePlaces {
  readonly providerId: string;
  readonly offerId: string;
  readonly places: number;
  readonly free: number;
  /** The period of the places, told when they are opened or changed. */
  readonly from?: string;
  readonly to?: string;
  /** Where they are, when they are at a place of the provider. */
  readonly placeId?: string;
  readonly latitude?: number;
  readonly longitude?: number;
}

/** Copy of who offers what, with how many places free. */
@Injectable()
export class CapacityCommands {
  constructor(private readonly work: UnitOfWork) {}

  know(id: string, { providerId, offerId, places, free, from, to, ...where }: FreePlaces): Promise<void> {
    const { placeId, latitude, longitude } = where;
    return this.work.run(({ send }) => {
      send(
        `insert into capacity (id, provider_id, offer_id, places, free, first_day, last_day, place_id, latitude, longitude)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (id) do update set places = excluded.places, free = excluded.free,
           first_day = coalesce(excluded.first_day, capacity.first_day), last_day = coalesce(excluded.last_day, capacity.last_day)`,
        [id, providerId, offerId, places, free, from, to, placeId, latitude, longitude].map((value) => value ?? null),
      );
    });
  }
}
