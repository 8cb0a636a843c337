import type { Fault } from '@okienko/contracts/domain-error';
import { isExact } from '@okienko/contracts/fees/amount';
import { assess, type Assessment } from '@okienko/contracts/fees/assess';
import type { FeeFacts } from '@okienko/contracts/fees/facts';
import { chargeOf } from '@okienko/contracts/fees/rules';
import type { FeeData } from '@okienko/contracts/fees/schema';
import { FeeIsByRule, FeeUnknown, ReliefNotInProgramme } from './fee-errors';

/** An amount that a member of staff reads from the words of the programme. */
export interface StatedPrice {
  readonly grosze: number;
  readonly per: string;
  readonly basis: string;
}

export interface Price {
  readonly grosze: number;
  readonly per: string;
  /** The way to the amount in plain Polish. */
  readonly steps: readonly string[];
}

/** A service is free unless the programme says otherwise (art. 5(3)(7)). */
export const feeOf = (terms: { readonly fee?: FeeData | undefined } | undefined): FeeData =>
  terms?.fee ?? { rule: 'FREE' };

/** What one unit or period costs this person. Refuses to guess: whatever would decide it must have been told. */
export function priceOf(fee: FeeData, facts: FeeFacts, stated?: StatedPrice): Price {
  assertReliefs(fee, facts);
  const assessment = assess(fee, facts);
  const { amount, per, steps } = assessment;
  if (amount === undefined || per === undefined) return byWords(steps, stated);
  if (stated) throw new FeeIsByRule();
  if (!isExact(amount)) throw new FeeUnknown(missingIn(fee, facts, assessment));
  return { grosze: amount.mostGrosze, per, steps };
}

function byWords(steps: readonly string[], stated: StatedPrice | undefined): Price {
  if (!stated)
    throw new FeeUnknown([
      { pointer: '/stated', detail: 'The programme has it in words: the amount, what it is for, its basis.' },
    ]);
  const { grosze, per, basis } = stated;
  return { grosze, per, steps: [...steps, `Wysokość podał pracownik. Podstawa: ${basis}.`] };
}

/** Every fact that would decide the amount, by its place among the facts or the relief that asks for it. Nothing of what is known. */
export function missingIn(fee: FeeData, facts: FeeFacts, { reliefs }: Assessment): Fault[] {
  const { amount } = chargeOf(fee, facts);
  const ofTable: Fault[] =
    amount && !isExact(amount)
      ? [
          ...(facts.household
            ? []
            : [{ pointer: '/household', detail: 'Who lives with the person; nobody is an answer.' }]),
          ...(facts.incomePerPersonGrosze === undefined
            ? [{ pointer: '/incomePerPersonGrosze', detail: 'Monthly income per person of the household.' }]
            : []),
        ]
      : [];
  const ofReliefs = reliefs.flatMap(({ code, requirements }) =>
    requirements
      .flatMap(({ anyOf }) => anyOf.flatMap(({ allOf }) => allOf))
      .filter(({ outcome }) => outcome === 'UNKNOWN')
      .map(({ says }) => ({ pointer: `/reliefs/${code}`, detail: says })),
  );
  return [...ofTable, ...ofReliefs];
}

function assertReliefs({ reliefs = [] }: FeeData, { reliefsGranted = [] }: FeeFacts): void {
  const missing = reliefsGranted.find(
    ({ code, reason }) => !reliefs.some((relief) => relief.code === code && relief.reasons?.includes(reason)),
  );
  if (missing) throw new ReliefNotInProgramme(missing.code);
}
