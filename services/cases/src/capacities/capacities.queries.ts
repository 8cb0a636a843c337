import type { Work } from '@okienko/messaging/unit-of-work';
import { ProviderNotOffering } from './provider-not-offering';

/** Does every provider offer its service? Whether a place is free then is for the provider to answer. */
export async function assertOffered(
  { query }: Pick<Work, 'query'>,
  services: readonly { readonly providerId: string; readonly offerId: string }[],
): Promise<void> {
  const [missing] = await query(
    `select service.offer_id from unnest($1::uuid[], $2::uuid[]) service (provider_id, offer_id)
     where not exists (select from capacity c
                       where c.offer_id = service.offer_id and c.provider_id = service.provider_id and c.places > 0) limit 1`,
    [services.map(({ providerId }) => providerId), services.map(({ offerId }) => offerId)],
  );
  if (missing) throw new ProviderNotOffering();
}
