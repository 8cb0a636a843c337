import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { Agreement } from './agreement';

/** Everything under the agreement is accounted for. */
export async function settleAgreement(
  work: Work,
  agreementId: string,
  today: Day,
  expectedVersion?: number,
): Promise<Agreement> {
  const agreement = await work.load(Agreement, agreementId, expectedVersion);
  await work.save(agreement, agreement.settle(today));
  return agreement;
}

/**
 * The same by itself, once the last month is paid and nothing is left to come: no order, no delivery that nobody has decided or settled, no
 * report. What is left the staff looks at, and settles it then. Settlements of an agreement are paid one after another.
 */
export async function settleWhenPaid(work: Work, agreementId: string, today: Day): Promise<void> {
  const [paid] = await work.query(paidInFull, [agreementId]);
  if (!paid) return;
  const agreement = await work.load(Agreement, agreementId);
  if (agreement.isAccountedFor) await work.save(agreement, agreement.settle(today));
}

const paidInFull = `
  select 1 from agreement a
  where a.id = $1 and a.state = 'ENDED'
    and exists (select from settlement s where s.agreement_id = a.id and s.month = date_trunc('month', a.last_day))
    and not exists (select from settlement s where s.agreement_id = a.id and s.state <> 'PAID')
    and not exists (select from agreement_draw w where w.agreement_id = a.id and not w.given_back)
    and not exists (select from agreement_draw w join delivery d on d.order_id = w.order_id
      where w.agreement_id = a.id and (d.state in ('RECORDED', 'CORRECTED', 'DISPUTED')
        or d.state = 'ACCEPTED' and d.settlement_id is null))`;
