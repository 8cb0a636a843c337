import type { Day } from '@okienko/contracts/calendar';
import type { Fault } from '@okienko/contracts/domain-error';

/** Who pays, in thousandths. */
export interface Share {
  readonly source: string;
  readonly permille: number;
}

/** Who pays from a day on, until the next one. */
export interface Funding {
  readonly from: Day;
  readonly shares: readonly Share[];
}

export function fundingFaults(funding: readonly Funding[], firstDay: Day): Fault[] {
  if (funding.length > 100) return [{ pointer: '/funding', detail: 'The shares change 100 times at most.' }];
  return funding.flatMap(({ from, shares }, at) => {
    const faults: string[] = [];
    const before = funding[at - 1];
    if (before ? from <= before.from : from !== firstDay)
      faults.push('The first shares count from the first day, each of the others from a later one.');
    if (shares.reduce((sum, { permille }) => sum + permille, 0) !== 1000) faults.push('The shares make 1000 permille.');
    if (new Set(shares.map(({ source }) => source)).size < shares.length) faults.push('Each source is named once.');
    return faults.map((detail) => ({ pointer: `/funding/${at}`, detail }));
  });
}

/** From a day on others pay; what counted before that day stays. */
export const fundedFrom = (before: readonly Funding[], from: Day, shares: readonly Share[]): Funding[] => [
  ...before.filter((funding) => funding.from < from),
  { from, shares },
];
