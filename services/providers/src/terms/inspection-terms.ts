import { type Day, editionOn } from '@okienko/contracts/calendar';

/** What is looked at beside the standards of the services, by agreement: data with validity dates. */
export interface InspectionTerms {
  readonly validFrom: Day;
  readonly basis: string;
  /** Codes of what is looked at where an organisation performs a public task. */
  readonly publicTask: readonly string[];
}

/** Newest first. */
export const inspectionTerms: readonly [...InspectionTerms[], InspectionTerms] = [
  {
    validFrom: '2004-01-01',
    basis: 'Public Benefit Act art. 17',
    publicTask: ['TASK_PROGRESS', 'TASK_QUALITY', 'FUNDS_USE', 'RECORDS'],
  },
];

export const inspectionTermsOn = (day: Day): InspectionTerms => editionOn(inspectionTerms, day);
