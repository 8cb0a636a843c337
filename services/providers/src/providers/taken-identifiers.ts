import type { Work } from '@okienko/messaging/unit-of-work';
import { type IdentifierName, identifiers, type ProviderDetails } from './provider-details';
import { AlreadyRegistered } from './provider-errors';

/** Tells every identifier that belongs to another provider. Between two registrations at once the unique constraints decide. */
export async function assertIdentifiersFree({ query }: Pick<Work, 'query'>, details: ProviderDetails, own: string) {
  const taken = await query<Record<IdentifierName, string | null>>(
    `select nip, regon, krs, rpwdl from provider
     where (nip = $1 or regon = $2 or krs = $3 or rpwdl = $4) and id <> $5`,
    [...identifiers.map((name) => details[name] ?? null), own],
  );
  const names = identifiers.filter((name) => details[name] && taken.some((other) => other[name] === details[name]));
  if (names.length > 0) throw new AlreadyRegistered(names);
}
