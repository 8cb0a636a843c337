import type { RequirementData } from '@okienko/contracts/criteria/schema';
import type { FeeRule, FlatPeriod } from '@okienko/contracts/fees/fee';
import type { FeeData, TableData } from '@okienko/contracts/fees/schema';
import type { Localised } from '../localised';
import type { Named, ProgrammeContent, ProgrammeService } from './programme-content';

/** Who pays less, and by how much: by criteria, or at the centre's discretion for one of the reasons. */
export interface ProgrammeRelief extends Named {
  /** Of the fee; 100 is an exemption. */
  readonly percent: number;
  readonly criteria?: RequirementData[];
  readonly reasons?: readonly Named[];
}

/** Art. 5(3)(7). A rule without its terms is in words only. */
export interface ProgrammeFee {
  readonly rule: FeeRule;
  readonly note?: Localised;
  readonly grosze?: number;
  readonly per?: FlatPeriod;
  readonly unit?: string;
  readonly tables?: TableData[];
  readonly reliefs?: readonly ProgrammeRelief[];
}

/** What a service costs: its own fee, reliefs and all, or else the programme's. */
export const feeOf = ({ fee }: Pick<ProgrammeContent, 'fee'>, service: Pick<ProgrammeService, 'fee'>): ProgrammeFee =>
  service.fee ?? fee;

/** Codes and figures, without the words. */
export function feeDataOf({ note: _, reliefs, ...terms }: ProgrammeFee): FeeData {
  if (reliefs === undefined) return terms;
  return {
    ...terms,
    reliefs: reliefs.map(({ code, percent, criteria, reasons }) => ({
      code,
      percent,
      ...(criteria ? { criteria } : {}),
      ...(reasons ? { reasons: reasons.map((reason) => reason.code) } : {}),
    })),
  };
}
