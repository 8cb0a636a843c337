import type { Work } from '@okienko/messaging/unit-of-work';
import { selectionTermOn } from '../terms/selection-terms';
import type { Agreement } from './agreement';
import { SelectionNotAllowed } from './agreement-errors';

/** What an organisation gets by small grants in a year, which is that of their first days, has a bound. Callers hold the provider's lock. */
export async function assertGrantsOfYear(
  { query }: Pick<Work, 'query'>,
  { selectionMode, providerId, from }: Agreement,
): Promise<void> {
  if (selectionMode !== 'NGO_SMALL_GRANT') return;
  const { value, basis } = selectionTermOn('smallGrantYearGrosze', from);
  const year = from.slice(0, 4);
  const [signed] = await query<{ grosze: number }>(signedInYear, [providerId, `${year}-01-01`, `${year}-12-31`]);
  const grosze = signed?.grosze ?? 0;
  if (grosze > value)
    throw new SelectionNotAllowed(
      `With this one the small grants of the organisation in ${year} come to ${grosze} gr, and may to ${value} gr at most.`,
      basis,
    );
}

const signedInYear = `
  select sum(ceiling_grosze)::float8 as grosze from agreement
  where provider_id = $1 and selection_mode = 'NGO_SMALL_GRANT' and signed_on is not null and first_day between $2 and $3`;
