import { IsDecimal, IsDayString, IsSlug, IsTerc, IsText, MayBeAbsent, Part } from '@okienko/chassis/validation';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { areaSlugs } from '../areas/areas';
import { IsLines, OptionalLine, OptionalLines } from '../lines.dto';
import { IsPln } from './pln.dto';
import { namesOf, officeFields } from './catalogue-fields';
import { officeModes } from '../offices/office';

const officeNames = namesOf(officeFields);

export class OfficeProjectRecord {
  @IsText(1, 1000)
  name!: string;

  /** @example "POWER / EFS" */
  @IsText(1, 1000)
  fund!: string;

  /** Złoty. @example 3094339.5 */
  @MayBeAbsent()
  @IsPln()
  totalPln?: number;

  /** Złoty. @example 8605000 */
  @MayBeAbsent()
  @IsPln()
  cofinancingPln?: number;

  /** @example 100 */
  @MayBeAbsent()
  @IsDecimal(2)
  @Min(0)
  @Max(100)
  cofinancingPct?: number;

  @MayBeAbsent()
  @IsDayString()
  endDate?: string;

  @OptionalLine()
  structure?: string;

  /** How exact the figures are. */
  @OptionalLine()
  precision?: string;
}

export class OfficeProgrammeRecord {
  @IsText(1, 1000)
  name!: string;

  /** In words. @example "05–12.2023" */
  @OptionalLine()
  period?: string;

  @OptionalLine()
  consultations?: string;

  @OptionalLine()
  councilSession?: string;

  /** How many services it has. @example 1 */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(10_000)
  services?: number;
}

export class OfficeRecord {
  /** @example "ecus-elblag" */
  @IsSlug()
  id!: string;

  @IsText(1, 500)
  namePl!: string;

  /** TERC of its gmina; null while nobody has looked it up. Its services wait until then. @example "2861011" */
  @IsOptional()
  @IsTerc()
  terc?: string | null;

  @IsIn(officeModes)
  mode!: (typeof officeModes)[number];

  @OptionalLine()
  predecessor?: string;

  @OptionalLine()
  address?: string;

  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(100_000_000)
  population?: number;

  @MayBeAbsent()
  @IsDayString()
  startDate?: string;

  @MayBeAbsent()
  @IsDayString()
  startPlanned?: string;

  /** Of the council, which set it up. @example "XXVIII/214/2021 of 2021-02-09" */
  @OptionalLine()
  resolution?: string;

  /** Areas of art. 2(1) in its statute. @example ["pomoc-spoleczna"] */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(14)
  @ArrayUnique()
  @IsIn(areaSlugs, { each: true })
  statuteAreas?: string[];

  @OptionalLines()
  procedure?: string[];

  @OptionalLines()
  applicationFields?: string[];

  @MayBeAbsent()
  @Part(() => OfficeProjectRecord)
  project?: OfficeProjectRecord;

  @MayBeAbsent()
  @Part(() => OfficeProgrammeRecord)
  programme?: OfficeProgrammeRecord;

  @OptionalLine()
  extra?: string;

  /** Where all this stands. */
  @IsLines()
  source!: string[];

  /** How much of its catalogue the sources give. @example "PARTIAL" */
  @IsText(1, 1000)
  catalogueStatus!: string;

  /** Fields that restate a source. @example ["namePl"] */
  @IsArray()
  @ArrayMaxSize(100)
  @IsIn(officeNames, { each: true })
  fact!: string[];

  /** Fields that are somebody's reading of it. @example ["mode"] */
  @IsArray()
  @ArrayMaxSize(100)
  @IsIn(officeNames, { each: true })
  inferred!: string[];
}
