import type { Day } from '@okienko/contracts/calendar';
import { PerformerConditionsUnmet, QualificationExpired, QualificationMissing } from './performer-errors';
import type { PerformerCondition } from './performer-terms';

/** What somebody can show: a qualification, or that a condition is met. */
export interface Proof {
  readonly kind: 'QUALIFICATION' | 'CONDITION';
  readonly code: string;
  /** The allocation for which it holds; null where it holds for all. */
  readonly allocationId: string | null;
  readonly from: Day;
  /** Its last day. */
  readonly to: Day | null;
}

const holdsOn = ({ from, to }: Proof, day: Day): boolean => from <= day && (to === null || day <= to);

export function checkQualifications(proofs: readonly Proof[], required: readonly string[], on: Day): void {
  for (const code of required) {
    const shown = proofs.filter((proof) => proof.kind === 'QUALIFICATION' && proof.code === code);
    if (shown.length === 0) throw new QualificationMissing(code);
    if (!shown.some((proof) => holdsOn(proof, on))) throw new QualificationExpired(code, on);
  }
}

/** A condition of an allocation counts for that one alone; without an allocation it is met by nothing. */
export function checkConditions(
  proofs: readonly Proof[],
  conditions: readonly PerformerCondition[],
  on: Day,
  allocationId?: string,
): void {
  const [first, ...more] = conditions.filter(
    ({ code, of }) =>
      !proofs.some(
        (proof) =>
          proof.kind === 'CONDITION' &&
          proof.code === code &&
          holdsOn(proof, on) &&
          (of === 'PERFORMER' ? proof.allocationId === null : proof.allocationId === (allocationId ?? '')),
      ),
  );
  if (first) throw new PerformerConditionsUnmet([first, ...more], on);
}
