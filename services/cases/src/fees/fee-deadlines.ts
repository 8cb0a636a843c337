import type { Work } from '@okienko/messaging/unit-of-work';
import { dropDeadlines, meetDeadline, startDeadline } from '../deadlines/deadlines';
import { clockFrom } from '../terms/clocks';
import type { Charge } from './charges';
import type { Fee } from './fee';

const isClosed = ({ state }: Charge): boolean => state === 'PAID' || state === 'WAIVED' || state === 'CREDITED';

/** Brings the clocks of the instalments to their charges: `before` are those as they were. */
export function keepDeadlines(work: Work, fee: Fee, before: readonly Charge[]): void {
  const known = new Map(before.map((charge) => [charge.id, charge]));
  for (const charge of fee.charges) {
    const earlier = known.get(charge.id);
    if (!earlier && !isClosed(charge)) startDeadline(work, deadlineOf(fee, charge));
    if (!earlier || isClosed(earlier) || !isClosed(charge)) continue;
    if (charge.state === 'PAID') meetDeadline(work, 'FEE_PAYMENT', charge.id);
    else dropDeadlines(work, charge.id);
  }
}

function deadlineOf(fee: Fee, { id, dueOn }: Charge): Parameters<typeof startDeadline>[1] {
  const { applicationId, personId, unit, terc } = fee;
  const about = { kind: 'FEE_PAYMENT', subjectId: id, applicationId, personId, unit, terc } as const;
  return { ...about, awaited: 'APPLICANT', ...clockFrom('FEE_PAYMENT', dueOn) };
}
