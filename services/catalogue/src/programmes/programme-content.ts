import type { programmeEnteredIntoForceV1 } from '@okienko/contracts/catalogue/programme-entered-into-force.v1';
import type { Day } from '@okienko/contracts/calendar';
import type { Period } from '@okienko/contracts/criteria/criteria';
import type { RequirementData } from '@okienko/contracts/criteria/schema';
import type { DataCategoryCode } from '@okienko/contracts/data-scope';
import type { DataOf } from '@okienko/contracts/event';
import { isFeeRule } from '@okienko/contracts/fees/rules';
import type { Localised } from '../localised';
import {
  BudgetForUnknownService,
  ElementMissing,
  PeriodReversed,
  ServiceRepeated,
  SharesNotWhole,
} from './programme-errors';
import { feeDataOf, type ProgrammeFee } from './programme-fee';
import { assertRules } from './programme-rules';

export const queueRules = ['NONE', 'FILING_TIME'] as const;

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
  /** Groups that come first among those who filed at the same time, in this order. */
  readonly priorities?: readonly Priority[];
  /** Instead of the programme's, reliefs and all. */
  readonly fee?: ProgrammeFee;
  /** What whoever performs it is told of the person: categories out of the data scope. */
  readonly referralScope?: DataCategoryCode[];
}

/** A code with what it is called. */
export interface Named {
  readonly code: string;
  readonly name: Localised;
}

export interface Priority extends Named {
  readonly criteria: RequirementData[];
}

/** A statement or a document, with the categories of personal data that it tells. */
export interface ScopedCode extends Named {
  readonly data?: readonly DataCategoryCode[];
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
  readonly fee: ProgrammeFee;
  /** Statements of the applicant that the conditions refer to. */
  readonly statements?: readonly ScopedCode[];
  readonly evidence: readonly ScopedCode[];
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
  ({ fee }) => isFeeRule(fee.rule),
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
  assertRules(content);
}

type ToldService = DataOf<typeof programmeEnteredIntoForceV1>['services'][number];

/** What others hear of a service: codes and figures, without the words. */
export function toldOf({ name: _, conditions: __, priorities, fee, ...terms }: ProgrammeService): ToldService {
  return {
    ...terms,
    ...(priorities ? { priorities: priorities.map(({ code, criteria }) => ({ code, criteria })) } : {}),
    ...(fee ? { fee: feeDataOf(fee) } : {}),
  };
}

/** In hundredths of a percent, as 84.28 + 15.72 is not 100 in floating point. */
const isWhole = ({ fundingShares }: BudgetLine): boolean =>
  fundingShares.reduce((sum, { percent }) => sum + Math.round(percent * 100), 0) === 100_00;
