import type { Day } from '@okienko/contracts/calendar';
import type { Localised } from '../localised';
import {
  BudgetForUnknownService,
  ElementMissing,
  PeriodReversed,
  ServiceRepeated,
  SharesNotWhole,
} from './programme-errors';

export const queueRules = ['NONE', 'FILING_TIME'] as const;
export const programmeFeeRules = ['FREE', 'FLAT', 'PER_UNIT', 'TABLE_BY_INCOME', 'OWN_COSTS_ONLY'] as const;

export interface ProgrammeService {
  readonly serviceCode: string;
  readonly name: Localised;
  readonly expectedPersons: number;
  /** What happens when all expected persons are served: nobody else is taken, or a queue by filing time. */
  readonly queueRule: (typeof queueRules)[number];
  readonly conditions: Localised;
}

export interface BudgetLine {
  /** Absent for costs of the programme as a whole. */
  readonly serviceCode?: string;
  readonly year: number;
  readonly plannedGrosze: number;
  readonly fundingShares: readonly { readonly source: string; readonly percent: number }[];
}

/** What a programme says: the twelve elements of art. 5(3). A draft may still lack the last three. */
export interface ProgrammeContent {
  readonly terc: string;
  readonly name: Localised;
  readonly aim: Localised;
  readonly validFrom: Day;
  readonly validTo: Day;
  readonly needs: Localised;
  readonly expectedPersons: number;
  readonly services: readonly ProgrammeService[];
  readonly fee: { readonly rule: (typeof programmeFeeRules)[number]; readonly note?: Localised };
  readonly evidence: readonly { readonly code: string; readonly name: Localised }[];
  readonly dataScope: readonly string[];
  readonly stages?: readonly Localised[];
  readonly indicators?: readonly Localised[];
  readonly budgetLines?: readonly BudgetLine[];
}

const said = (text: Localised): boolean => text.pl.trim() !== '';
const filled = (list: readonly unknown[] | undefined): boolean => list !== undefined && list.length > 0;

/** Art. 5(3), point by point: is the element there? */
const elements: readonly ((content: ProgrammeContent) => boolean)[] = [
  ({ name, aim }) => said(name) && said(aim),
  ({ validFrom, validTo }) => validFrom !== '' && validTo !== '',
  ({ needs }) => said(needs),
  ({ expectedPersons }) => expectedPersons > 0,
  ({ services }) => filled(services),
  ({ services }) => services.every(({ conditions }) => said(conditions)),
  ({ fee }) => programmeFeeRules.includes(fee.rule),
  ({ evidence }) => filled(evidence),
  ({ dataScope }) => filled(dataScope),
  ({ stages }) => filled(stages),
  ({ indicators }) => filled(indicators),
  ({ budgetLines }) => filled(budgetLines),
];

export function assertComplete(content: ProgrammeContent): void {
  const missing = elements.flatMap((isThere, index) => (isThere(content) ? [] : [index + 1]));
  if (missing.length > 0) throw new ElementMissing(missing);
}

/** What has to hold even of a draft. */
export function assertConsistent({ validFrom, validTo, services, budgetLines = [] }: ProgrammeContent): void {
  if (validTo < validFrom) throw new PeriodReversed();
  const codes = new Set<string>();
  for (const { serviceCode } of services) {
    if (codes.has(serviceCode)) throw new ServiceRepeated(serviceCode);
    codes.add(serviceCode);
  }
  for (const line of budgetLines) {
    if (line.serviceCode !== undefined && !codes.has(line.serviceCode))
      throw new BudgetForUnknownService(line.serviceCode);
    if (!isWhole(line)) throw new SharesNotWhole(line.year);
  }
}

/** In hundredths of a percent, as 84.28 + 15.72 is not 100 in floating point. */
const isWhole = ({ fundingShares }: BudgetLine): boolean =>
  fundingShares.reduce((sum, { percent }) => sum + Math.round(percent * 100), 0) === 100_00;
