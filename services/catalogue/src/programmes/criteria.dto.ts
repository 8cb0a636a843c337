import { IsDecimal, IsCode, IsDayString, IsSlug, IsTerc, MayBeAbsent, Parts } from '@okienko/chassis/validation';
import { conditionKinds, personKinds } from '@okienko/contracts/criteria/conditions';
import {
  disabilityDegrees,
  type DisabilityDegree,
  mostConditions,
  type Period,
  periods,
} from '@okienko/contracts/criteria/criteria';
import type { Facts, PersonFacts } from '@okienko/contracts/criteria/facts';
import type { Outcome } from '@okienko/contracts/criteria/outcome';
import type { ConditionData, RequirementData } from '@okienko/contracts/criteria/schema';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, Max, Min } from 'class-validator';
import { Range } from '../range.dto';

const households = ['OTHERS', 'EVERYBODY'] as const;
const disabilities = [...disabilityDegrees, 'NONE'] as const;

/** Fields of conditions that can be asked of anybody. AGE: `from` and `to` in completed years; HOUSEHOLD: in persons. */
class PersonFields extends Range {
  /** DISABILITY: any of these degrees; CHILD is a certificate from before the age of 16. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(disabilityDegrees, { each: true })
  degrees?: DisabilityDegree[];

  /** STATEMENT, EVIDENCE: as the programme lists it. */
  @MayBeAbsent()
  @IsCode()
  code?: string;
}

/** A condition of one person of a household. */
export class PersonConditionItem extends PersonFields {
  @IsIn(personKinds)
  kind!: string;
}

export class PersonAlternativeItem {
  @Parts(() => PersonConditionItem, 1, 20)
  allOf!: PersonConditionItem[];
}

/** One condition. Which fields it has depends on its kind. */
export class ConditionItem extends PersonFields implements ConditionData {
  @IsIn(conditionKinds)
  kind!: string;

  /** RESIDENCE: in any of these gminas. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsTerc({ each: true })
  gminas?: string[];

  /** HOUSEHOLD: the others, or everybody with the applicant. */
  @MayBeAbsent()
  @IsIn(households)
  of?: (typeof households)[number];

  /** HOUSEHOLD: asks `who` of each of them. */
  @MayBeAbsent()
  @IsBoolean()
  every?: boolean;

  /** HOUSEHOLD: only those who meet any of these count. */
  @MayBeAbsent()
  @Parts(() => PersonAlternativeItem, 1, 10)
  who?: PersonAlternativeItem[];

  /** COOLING_OFF: so many periods between two grants. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(1000)
  length?: number;

  /** COOLING_OFF, QUOTA. */
  @MayBeAbsent()
  @IsIn(periods)
  period?: Period;

  /** COOLING_OFF: of that service instead of this one. */
  @MayBeAbsent()
  @IsSlug()
  serviceCode?: string;

  /** QUOTA. @example "RIDE" */
  @MayBeAbsent()
  @IsCode()
  unit?: string;

  /** QUOTA: so many units in a period. */
  @MayBeAbsent()
  @IsDecimal(2)
  @Min(0.01)
  @Max(1_000_000)
  amount?: number;

  /** PACKAGE: only all of these together. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsSlug({ each: true })
  serviceCodes?: string[];
}

/** Met by all of its conditions together. */
export class AlternativeItem {
  @Parts(() => ConditionItem, 1, mostConditions)
  allOf!: ConditionItem[];
}

/** Met by any of its alternatives. */
export class RequirementItem implements RequirementData {
  @Parts(() => AlternativeItem, 1, mostConditions)
  anyOf!: AlternativeItem[];
}

export class GrantPeriod {
  @IsInt()
  @Min(1)
  @Max(1000)
  length!: number;

  @IsIn(periods)
  period!: Period;
}

export class StatementFact {
  @IsCode()
  code!: string;

  @IsBoolean()
  holds!: boolean;
}

/** What is known of one person; what is absent is not known. */
export class PersonFactsItem implements PersonFacts {
  @MayBeAbsent()
  @IsDayString()
  birthDate?: string;

  @MayBeAbsent()
  @IsIn(disabilities)
  disability?: (typeof disabilities)[number];

  @MayBeAbsent()
  @Parts(() => StatementFact, 0, 50)
  statements?: StatementFact[];

  /** Codes of the documents shown. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @IsCode({ each: true })
  evidence?: string[];
}

export class GrantFact {
  @IsSlug()
  serviceCode!: string;

  @IsDayString()
  on!: string;
}

export class UseFact {
  @IsCode()
  unit!: string;

  @IsDecimal(2)
  @Min(0)
  @Max(1_000_000)
  quantity!: number;

  @IsDayString()
  on!: string;
}

/** An imagined matter. Nothing of it is kept; give no name and no number of anybody. */
export class TryCriteria extends PersonFactsItem implements Omit<Facts, 'on' | 'serviceCode'> {
  @IsSlug()
  serviceCode!: string;

  /** The day on which it is decided; today when absent. */
  @MayBeAbsent()
  @IsDayString()
  on?: string;

  /** Codes of all services applied for together. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @IsSlug({ each: true })
  appliedFor?: string[];

  @MayBeAbsent()
  @IsDecimal(2)
  @Min(0.01)
  @Max(1_000_000)
  quantity?: number;

  /** TERC of the gmina in which the person lives. */
  @MayBeAbsent()
  @IsTerc()
  residence?: string;

  /** The others who live with the person; empty for one who lives alone. */
  @MayBeAbsent()
  @Parts(() => PersonFactsItem, 0, 30)
  household?: PersonFactsItem[];

  @MayBeAbsent()
  @Parts(() => GrantFact, 0, 100)
  granted?: GrantFact[];

  @MayBeAbsent()
  @Parts(() => UseFact, 0, 500)
  used?: UseFact[];
}

export class ConditionResultView {
  kind!: string;
  outcome!: Outcome;
  /** What it asks, in plain Polish. */
  says!: string;
  /** What was found. */
  finding!: string;
}

export class AlternativeResultView {
  outcome!: Outcome;
  allOf!: ConditionResultView[];
}

export class RequirementResultView {
  outcome!: Outcome;
  anyOf!: AlternativeResultView[];
}

/** MET, UNMET, or UNKNOWN when something that would decide it has not been told: never a reason to refuse. */
export class EvaluationView {
  outcome!: Outcome;
  requirements!: RequirementResultView[];
}
