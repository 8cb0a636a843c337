import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { PerformerUnknown } from './performer-errors';
import { type PerformerKind, performerTermsOn } from './performer-terms';
import { checkConditions, checkQualifications, type Proof } from './proofs';

export interface Performance {
  readonly performerId: string;
  readonly providerId: string;
  readonly offerId: string;
  readonly on: Day;
  /** Whom it is for: what is asked of a neighbour is asked for each recipient anew. */
  readonly allocationId?: string;
}

/** May that performer of the provider perform the service on that day (art. 2(3); Social Assistance Act, art. 50(3a))? */
export async function assertMayPerform({ query }: Pick<Work, 'query'>, performance: Performance): Promise<void> {
  const { performerId, providerId, offerId, on, allocationId } = performance;
  const [performer] = await query<{ kind: PerformerKind }>(
    `select kind from performer
     where id = $1 and provider_id = $2 and first_day <= $3::date and (left_on is null or left_on >= $3::date)`,
    [performerId, providerId, on],
  );
  if (!performer) throw new PerformerUnknown(on);
  const required = await query<{ code: string }>(
    `select code from required_qualification
     where offer_id = $1 and first_day <= $2::date and (last_day is null or last_day >= $2::date) order by code`,
    [offerId, on],
  );
  const proofs = await query<Proof>(
    `select kind, code, allocation_id as "allocationId", first_day as "from", last_day as "to" from performer_proof
     where performer_id = $1 and withdrawn_on is null`,
    [performerId],
  );
  checkQualifications(
    proofs,
    required.map(({ code }) => code),
    on,
  );
  checkConditions(proofs, performerTermsOn(on).conditions[performer.kind], on, allocationId);
}
