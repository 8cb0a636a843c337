import { PageQuery } from '@okienko/chassis/page';
import {
  IsDecimal,
  IsDayString,
  IsLocalised,
  IsSlug,
  IsTerc,
  IsText,
  Localised,
  MayBeAbsent,
  Part,
  Parts,
} from '@okienko/chassis/validation';
import { type DataCategoryCode, dataCategoryCodes } from '@okienko/contracts/data-scope';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { GrantPeriod, RequirementItem } from './criteria.dto';
import { FeeItem } from './fee.dto';
import { PriorityItem, ScopedItem } from './named.dto';
import type { FormerEdition, ProgrammeState } from './programme';
import type { ConflictSubject } from './programme-conflicts';
import { type ProgrammeContent, queueRules } from './programme-content';

const mostPersons = 2_147_483_647;

export class ProgrammeServiceItem {
  /** @example "teleopieka" */
  @IsSlug()
  serviceCode!: string;

  @IsLocalised()
  name!: Localised;

  /** How many persons the programme foresees for this service. */
  @IsInt()
  @Min(1)
  @Max(mostPersons)
  expectedPersons!: number;

  /** What happens once that many are served: nobody else is taken (NONE), or a queue by filing time. */
  @IsIn(queueRules)
  queueRule!: (typeof queueRules)[number];

  /** Conditions and manner of qualification, in words. */
  @IsLocalised()
  conditions!: Localised;

  /** The same as data: all requirements are to be met. Absent when every resident qualifies. */
  @MayBeAbsent()
  @Parts(() => RequirementItem, 0, 50)
  criteria?: RequirementItem[];

  /** For how long it is granted at a time. */
  @MayBeAbsent()
  @Part(() => GrantPeriod)
  grantedFor?: GrantPeriod;

  /** Groups that come first among those who filed at the same time, in this order. */
  @MayBeAbsent()
  @Parts(() => PriorityItem, 0, 20)
  priorities?: PriorityItem[];

  /** Instead of the programme's, reliefs and all. */
  @MayBeAbsent()
  @Part(() => FeeItem)
  fee?: FeeItem;

  /** What whoever performs the service is told of the person, out of the data scope; IDENTITY and CONTACT where nothing is said. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsIn(dataCategoryCodes, { each: true })
  referralScope?: DataCategoryCode[];
}

export class FundingShare {
  /** @example "EFS+" */
  @IsText(1, 200)
  source!: string;

  /** Up to two decimals; the shares of a line add up to exactly 100. @example 84.28 */
  @IsDecimal(2)
  @Min(0.01)
  @Max(100)
  percent!: number;
}

export class BudgetLineItem {
  /** Absent for costs of the programme as a whole. */
  @MayBeAbsent()
  @IsSlug()
  serviceCode?: string;

  @IsInt()
  @Min(2019)
  @Max(2100)
  year!: number;

  /** Integer grosze. @example 1500000 */
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  plannedGrosze!: number;

  @Parts(() => FundingShare, 1, 20)
  fundingShares!: FundingShare[];
}

/** A programme with the elements of art. 5(3). The last three may come later in drafting, but not after adoption. */
export class DraftProgramme implements ProgrammeContent {
  /** TERC of the gmina. @example "2861011" */
  @IsTerc()
  terc!: string;

  /** Pt 1. */
  @IsLocalised()
  name!: Localised;

  /** Pt 1. */
  @IsLocalised()
  aim!: Localised;

  /** Pt 2. @example "2026-01-01" */
  @IsDayString()
  validFrom!: string;

  /** Pt 2, the last day. @example "2027-12-31" */
  @IsDayString()
  validTo!: string;

  /** Pt 3: the needs that justify it. */
  @IsLocalised()
  needs!: Localised;

  /** Pt 4: how many persons the whole programme foresees. */
  @IsInt()
  @Min(1)
  @Max(mostPersons)
  expectedPersons!: number;

  /** Pts 5 and 6: the services, each with its conditions and manner of qualification. */
  @Parts(() => ProgrammeServiceItem, 1, 200)
  services!: ProgrammeServiceItem[];

  /** Pt 7: of every service that has no fee of its own. */
  @Part(() => FeeItem)
  fee!: FeeItem;

  /** Pt 6: statements of the applicant (art. 36(1)) that the criteria refer to. */
  @MayBeAbsent()
  @Parts(() => ScopedItem, 0, 100)
  statements?: ScopedItem[];

  /** Pt 8: how conditions and rights to relief are documented. */
  @Parts(() => ScopedItem, 1, 100)
  evidence!: ScopedItem[];

  /** Pt 9: categories of personal data that qualification needs; nothing else may be collected, nor asked for by this programme. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsIn(dataCategoryCodes, { each: true })
  dataScope!: DataCategoryCode[];

  /** Pt 10: organisation and stages. */
  @MayBeAbsent()
  @Parts(() => Localised, 0, 100)
  stages?: Localised[];

  /** Pt 11: measures of monitoring and effectiveness. */
  @MayBeAbsent()
  @Parts(() => Localised, 0, 100)
  indicators?: Localised[];

  /** Pt 12: budget and where the money comes from. */
  @MayBeAbsent()
  @Parts(() => BudgetLineItem, 0, 1000)
  budgetLines?: BudgetLineItem[];
}

export class RecordConsultation {
  @IsDayString()
  from!: string;

  /** The last day; already past. */
  @IsDayString()
  to!: string;
}

export class AdoptProgramme {
  /** @example "XXVIII/214/2021" */
  @IsText(1, 200)
  resolutionNumber!: string;

  @IsDayString()
  adoptedOn!: string;
}

export class PublishProgramme {
  /** Title and position of the voivodeship journal. @example "Dz. Urz. Woj. Warm.-Maz. 2021 poz. 4321" */
  @IsText(1, 200)
  journalReference!: string;

  @IsDayString()
  publishedOn!: string;

  /** As the resolution says; fourteen days after publication when it says nothing. */
  @MayBeAbsent()
  @IsDayString()
  inForceFrom?: string;
}

export class EndProgramme {
  /** The day of repeal, within the period of the programme and not to come. */
  @IsDayString()
  endedOn!: string;
}

/** Term and day of the closing information (art. 6). */
export class ClosingTerm {
  /** The last day of the term. */
  dueOn!: string;
  /** Absent until it is public. */
  publishedOn?: string;
}

export class ListProgrammes extends PageQuery {
  @IsOptional()
  @IsTerc()
  terc?: string;
}

export class ProgrammeView extends DraftProgramme {
  id!: string;
  version!: number;
  /** Edition of the programme that a case is qualified under. */
  programmeVersion!: number;
  state!: ProgrammeState;
  consultation?: RecordConsultation;
  adoption?: AdoptProgramme;
  journalPublication?: PublishProgramme;
  endedOn?: string;
  closingInformation?: ClosingTerm;
  /** Number of the edition in preparation; the public hears of it once it is adopted. */
  amendment?: number;
}

/** The programme as one resolution worded it. */
export class EditionView extends DraftProgramme {
  programmeVersion!: number;
  state!: ProgrammeState | FormerEdition['state'];
  consultation?: RecordConsultation;
  adoption?: AdoptProgramme;
  journalPublication?: PublishProgramme;
  endedOn?: string;
  closingInformation?: ClosingTerm;
}

export class EditionList {
  /** Oldest first. */
  items!: EditionView[];
}

/** Where another programme of the gmina says something else of the same service (art. 5(4)). */
export class ProgrammeConflict {
  programmeId!: string;
  serviceCode!: string;
  /** What they differ in; nothing when both merely offer it. */
  differsIn!: ConflictSubject[];
}

export class ProgrammeConflictList {
  items!: ProgrammeConflict[];
}

export class ProgrammePage {
  items!: ProgrammeView[];
  /** Cursor of the next page; absent on the last. */
  next?: string;
}
