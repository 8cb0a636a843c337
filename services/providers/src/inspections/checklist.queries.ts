import type { Day } from '@okienko/contracts/calendar';
import { isPublicTask, type SelectionMode } from '../agreements/selection';
import { inspectionTermsOn } from '../terms/inspection-terms';
import type { Point } from './checklist';

export interface AskedPoint extends Point {
  /** In Polish; of the task as a whole the law says it. */
  readonly sentence: string | null;
}

interface Scope {
  readonly providerId: string;
  readonly agreementId: string | null;
  readonly offers: readonly string[];
}

type Query = <Row>(text: string, values: unknown[]) => Promise<Row[]>;

/** What is looked at on that day: the standards of the services, and where an organisation performs a public task also that (Public Benefit Act, art. 17). */
export async function checklistOf(query: Query, scope: Scope, on: Day): Promise<AskedPoint[]> {
  const { providerId, agreementId, offers } = scope;
  const points = await query<AskedPoint>(ofStandards, [offers, agreementId, on, providerId]);
  const [agreement] = await query<{ mode: SelectionMode }>(
    'select selection_mode as mode from agreement where id = $1',
    [agreementId],
  );
  if (!agreement || !isPublicTask(agreement.mode)) return points;
  const ofTask = inspectionTermsOn(on).publicTask.map((criterion) => ({ offerId: null, criterion, sentence: null }));
  return [...points, ...ofTask];
}

// The edition that the agreement names, and where it names none the one that counts on that day.
const ofStandards = `
  select s.offer_id as "offerId", c.value ->> 'code' as criterion, c.value ->> 'sentence' as sentence
  from unnest($1::uuid[]) as o (offer_id)
  join standard s on s.id = coalesce(
    (select n.standard_id from agreement_standard n join agreement a on a.id = n.agreement_id
     where n.offer_id = o.offer_id and a.provider_id = $4 and (a.id = $2
       or (a.state in ('SIGNED', 'ACTIVE', 'SUSPENDED') and $3::date between a.first_day and a.last_day))
     order by (a.id = $2) desc nulls last limit 1),
    (select l.id from standard l where l.offer_id = o.offer_id and l.first_day <= $3::date
     order by l.first_day desc limit 1))
  cross join lateral jsonb_array_elements(s.criteria) with ordinality as c (value, place)
  order by s.offer_id, c.place`;
