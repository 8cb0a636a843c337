import {
  IsCode,
  IsDayString,
  IsDecimal,
  IsLocalised,
  Localised,
  MayBeAbsent,
  Parts,
} from '@okienko/chassis/validation';
import type { Outcome } from '@okienko/contracts/criteria/outcome';
import type { FeeFacts } from '@okienko/contracts/fees/facts';
import {
  feeRules,
  type FeeRule,
  flatPeriods,
  type FlatPeriod,
  incomeBases,
  mostGrosze,
  mostIncome,
  mostReliefs,
  mostRows,
  mostTables,
} from '@okienko/contracts/fees/fee';
import type { TableData } from '@okienko/contracts/fees/schema';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { RequirementItem, RequirementResultView, TryCriteria } from './criteria.dto';
import { NamedItem } from './named.dto';
import type { ProgrammeFee, ProgrammeRelief } from './programme-fee';

/** A part of the cost for everybody whose income reaches no further. It begins where the row before it ends. */
export class IncomeRowItem {
  /** Percent of the income criterion, or grosze; included. The last row has none, and no other. @example 150 */
  @MayBeAbsent()
  @IsDecimal(2)
  @Min(0)
  @Max(mostIncome)
  upTo?: number;

  /** Of the cost, for one who lives alone. */
  @IsDecimal(2)
  @Min(0)
  @Max(100)
  singlePercent!: number;

  /** Of the cost, for a person in a family. */
  @IsDecimal(2)
  @Min(0)
  @Max(100)
  familyPercent!: number;
}

export class IncomeTableItem implements TableData {
  /** It counts from this day until that of the next table. */
  @IsDayString()
  validFrom!: string;

  /** Of one unit, in grosze. */
  @IsInt()
  @Min(0)
  @Max(mostGrosze)
  costGrosze!: number;

  /** @example "HOUR" */
  @IsCode()
  unit!: string;

  /** Monthly income per person: in percent of the criterion of the Social Assistance Act (art. 8(1)), or in grosze. */
  @IsIn(incomeBases)
  basis!: (typeof incomeBases)[number];

  @Parts(() => IncomeRowItem, 1, mostRows)
  rows!: IncomeRowItem[];
}

/** Who pays less, and by how much. Of several the greatest counts, alone. */
export class ReliefItem implements ProgrammeRelief {
  /** @example "LARGE_FAMILY" */
  @IsCode()
  code!: string;

  @IsLocalised()
  name!: Localised;

  /** Of the fee; 100 is an exemption. */
  @IsDecimal(2)
  @Min(0.01)
  @Max(100)
  percent!: number;

  /** Who is entitled to it: all requirements are to be met. */
  @MayBeAbsent()
  @Parts(() => RequirementItem, 1, 50)
  criteria?: RequirementItem[];

  /** Instead of criteria: the centre grants it at its discretion, for one of these reasons. */
  @MayBeAbsent()
  @Parts(() => NamedItem, 1, 50)
  reasons?: NamedItem[];
}

/** A rule with its terms as data, or in words only. */
export class FeeItem implements ProgrammeFee {
  @IsIn(feeRules)
  rule!: FeeRule;

  /** The same in words, as the resolution has it. */
  @MayBeAbsent()
  @IsLocalised()
  note?: Localised;

  /** FLAT, PER_UNIT: integer grosze. */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(mostGrosze)
  grosze?: number;

  /** FLAT: paid once, or each such period. */
  @MayBeAbsent()
  @IsIn(flatPeriods)
  per?: FlatPeriod;

  /** PER_UNIT. @example "RIDE" */
  @MayBeAbsent()
  @IsCode()
  unit?: string;

  /** TABLE_BY_INCOME: oldest first; the first counts from the first day of the programme. */
  @MayBeAbsent()
  @Parts(() => IncomeTableItem, 1, mostTables)
  tables?: IncomeTableItem[];

  @MayBeAbsent()
  @Parts(() => ReliefItem, 0, mostReliefs)
  reliefs?: ReliefItem[];
}

export class GrantedRelief {
  @IsCode()
  code!: string;

  @IsCode()
  reason!: string;
}

/** An imagined matter. Nothing of it is kept; give no name and no number of anybody. */
export class TryFee extends TryCriteria implements Omit<FeeFacts, 'on' | 'serviceCode'> {
  /** Monthly, in grosze. */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(mostIncome)
  incomePerPersonGrosze?: number;

  /** As if the centre had granted these at its discretion. */
  @MayBeAbsent()
  @Parts(() => GrantedRelief, 0, mostReliefs)
  reliefsGranted?: GrantedRelief[];
}

/** Integer grosze: the least and the most that is possible, equal when all is known. */
export class AmountView {
  leastGrosze!: number;
  mostGrosze!: number;
}

export class ReliefResultView {
  code!: string;
  percent!: number;
  outcome!: Outcome;
  /** Its criteria; none of a relief at discretion. */
  requirements!: RequirementResultView[];
}

/** KNOWN, or UNKNOWN when something that would decide it has not been told or the programme has it in words only. */
export class AssessmentView {
  outcome!: 'KNOWN' | 'UNKNOWN';
  currency!: 'PLN';
  /** What the amount is of: ONCE, a period, or a unit. */
  per?: string;
  /** Of one unit or period, after reliefs. */
  amount?: AmountView;
  /** Of the quantity that was asked for. */
  total?: AmountView;
  reliefs!: ReliefResultView[];
  /** The way to the amount, in plain Polish. */
  steps!: string[];
}
