import type { Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';
import type { Work } from '@okienko/messaging/unit-of-work';

export class PlaceUnknown extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'place-unknown';
  constructor(on: Day) {
    super(
      `The provider has no place with this id where it serves on ${on}. Register the place first, or name another.`,
    );
  }
}

/** Does the provider serve at that place on that day? On the day on which a place is closed it may still have served there. */
export async function assertServesAt(
  { query }: Pick<Work, 'query'>,
  placeId: string | null | undefined,
  providerId: string,
  on: Day,
): Promise<void> {
  if (placeId === null || placeId === undefined) return;
  const [place] = await query(
    'select 1 from place where id = $1 and provider_id = $2 and (closed_on is null or closed_on >= $3)',
    [placeId, providerId, on],
  );
  if (!place) throw new PlaceUnknown(on);
}
