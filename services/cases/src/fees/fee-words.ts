import type { Day } from '@okienko/contracts/calendar';

/** What tells of the person’s life: how the amounts came about, and why something was waived or decided. Kept encrypted as one column. */
export interface FeeWords {
  readonly assessments: readonly AssessmentNote[];
  readonly waivers: readonly { readonly on: Day; readonly reason: string }[];
  /** By the id of the decision. */
  readonly decisions: Readonly<Record<string, string>>;
}

export interface AssessmentNote {
  readonly from: Day;
  readonly on: Day;
  readonly by: string;
  readonly steps: readonly string[];
  readonly reliefsGranted: readonly { readonly code: string; readonly reason: string }[];
}
