import type { Day } from '@okienko/contracts/calendar';
import { faultsOf } from '@okienko/contracts/criteria/check';
import type { Period } from '@okienko/contracts/criteria/criteria';
import type { RequirementData } from '@okienko/contracts/criteria/schema';
import type { Localised } from '../localised';
import {
  BudgetForUnknownService,
  CriteriaFaulty,
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
  /** In words, as the resolution has them. */
  readonly conditions: Localised;
  /** The same as data; without them every resident qualifies. */
  readonly criteria?: RequirementData[];
  /** For how long it is granted at a time: "12 months, then apply again". */
  readonly grantedFor?: { readonly length: number; readonly period: Period };
}

/** A code with what it is called. */
export interface Named {
  readonly code: string;
  readonly name: Localised;
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
  /** Statements of the applicant that the conditions refer to. */
  readonly statements?: readonly Named[];
  readonly evidence: readonly Named[];
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
export function assertConsistent(content: ProgrammeContent): void {
  const { validFrom, validTo, services, budgetLines = [] } = content;
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
  assertCriteria(content, codes);
}

function assertCriteria({ statements = [], evidence, services }: ProgrammeContent, codes: ReadonlySet<string>): void {
  const codesOf = (named: readonly Named[]): ReadonlySet<string> => new Set(named.map(({ code }) => code));
  const known = { statements: codesOf(statements), evidence: codesOf(evidence), services: codes };
  for (const { serviceCode, criteria = [] } of services) {
    const faults = faultsOf(criteria, known);
    if (faults.length > 0) throw new CriteriaFaulty(serviceCode, faults);
  }
}

/** In hundredths of a percent, as 84.28 + 15.72 is not 100 in floating point. */
const isWhole = ({ fundingShares }: BudgetLine): boolean =>
  fundingShares.reduce((sum, { percent }) => sum + Math.round(percent * 100), 0) === 100_00;
