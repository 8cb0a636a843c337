import type { Work } from '@okienko/messaging/unit-of-work';
import { OfferUnknown } from '../agreements/agreement-errors';

/** The catalogue has each of them, published or not any more. */
export async function assertKnownOffers(
  { query }: Pick<Work, 'query'>,
  offers: readonly string[],
  pointerOf: (at: number) => string,
): Promise<void> {
  const known = await query<{ id: string }>('select id from service_offer where id = any ($1::uuid[])', [offers]);
  const ids = new Set(known.map(({ id }) => id));
  const faults = offers.flatMap((id, at) =>
    ids.has(id) ? [] : [{ pointer: pointerOf(at), detail: 'The catalogue has no such offer.' }],
  );
  if (faults.length > 0) throw new OfferUnknown(faults);
}
