import type { Day } from '@okienko/contracts/calendar';
import { refuse } from './agreement-errors';
import { conditionFaults, type Conditions } from './conditions';
import { type Funding, fundingFaults } from './funding';
import { type Parts, priceFaults } from './prices';
import { assertLimits, isInternal, type SelectionMode } from './selection';

interface Terms {
  readonly selectionMode: SelectionMode;
  readonly from: Day;
  readonly to: Day;
  readonly ceilingGrosze: number | null;
  readonly conditions: Conditions;
  readonly funding: readonly Funding[];
}

/** Nothing that counts may be missing or contradict itself, whether it is signed or amended. */
export function assertWhole(
  { selectionMode, from, to, ceilingGrosze, conditions, funding }: Terms,
  parts: Parts,
): void {
  assertLimits(selectionMode, from, to, ceilingGrosze);
  const isContract = !isInternal(selectionMode);
  const lacksCeiling = ceilingGrosze === null && (isContract || parts.prices.length > 0);
  refuse([
    ...priceFaults(parts, from, to, isContract),
    ...fundingFaults(funding, from),
    ...(isContract ? conditionFaults(conditions) : []),
    ...(lacksCeiling ? [{ pointer: '/ceilingGrosze', detail: 'What costs money has a ceiling.' }] : []),
  ]);
}
