import type { Work } from '@okienko/messaging/unit-of-work';

/** The provider failed, not the person: the place is theirs still, for another allocation or a plan. */
export async function keepPlace({ query }: Pick<Work, 'query'>, allocationId: string): Promise<void> {
  await query('update service_place set plan_id = null where plan_id = $1', [allocationId]);
}
