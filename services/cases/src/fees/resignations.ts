import type { Work } from '@okienko/messaging/unit-of-work';
import type { Fee } from './fee';

/** Whether the person has resigned from this service: its item withdrawn, its allocation resigned, or its plan ended by a resignation (art. 44). */
export async function hasResigned({ query }: Work, { applicationId, itemId }: Fee): Promise<boolean> {
  const [found] = await query<{ resigned: boolean }>(
    `select exists (select from application where id = $1
                    and items @> jsonb_build_array(jsonb_build_object('id', $2::text, 'state', 'WITHDRAWN')))
         or exists (select from allocation where item_id = $3::uuid and state = 'RESIGNED')
         or exists (select from allocation join individual_plan plan on plan.id = allocation.plan_id
                    where allocation.item_id = $3::uuid and plan.ending ->> 'reason' = 'RESIGNATION'
                      and plan.items @> jsonb_build_array(jsonb_build_object('itemId', $2::text))) as resigned`,
    [applicationId, itemId, itemId],
  );
  return found?.resigned ?? false;
}
