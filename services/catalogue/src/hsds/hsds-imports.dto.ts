import { applyDecorators } from '@nestjs/common';
import { IsTerc, MayBeAbsent } from '@okienko/chassis/validation';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Max,
  Min,
} from 'class-validator';
import { AreAreas } from '../areas/areas.dto';
import { RecordFault } from '../record-fault';

const IsCount = (): PropertyDecorator =>
  applyDecorators(MayBeAbsent(), IsInt(), Min(0), Max(2_147_483_647)) as PropertyDecorator;
const IsFlag = (): PropertyDecorator => applyDecorators(MayBeAbsent(), IsBoolean()) as PropertyDecorator;

/** A page of an HSDS feed as `/services?full=true` gives it. A body is at most 1 MiB: a larger feed comes page by page. */
export class ImportHsdsPage {
  /** Full HSDS services. They are checked one by one, and each fault is told with its place. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @IsObject({ each: true })
  contents!: object[];

  /** TERC of the gmina, for records that name none. @example "2861011" */
  @MayBeAbsent()
  @IsTerc()
  terc?: string;

  /** Areas of art. 2(1), for records without the profile's attributes. @example ["kultura"] */
  @MayBeAbsent()
  @AreAreas()
  areas?: string[];

  @IsCount()
  total_items?: number;

  @IsCount()
  total_pages?: number;

  @IsCount()
  page_number?: number;

  @IsCount()
  size?: number;

  @IsFlag()
  first_page?: boolean;

  @IsFlag()
  last_page?: boolean;

  @IsFlag()
  empty?: boolean;
}

export class HsdsImportQuery {
  /** Tells what would come of it, and changes nothing. */
  @IsOptional()
  @IsIn(['true', 'false'])
  dryRun?: 'true' | 'false';
}

export const importOutcomes = ['created', 'updated', 'unchanged', 'refused'] as const;
export type ImportOutcome = (typeof importOutcomes)[number];

export class ImportedRecord {
  /** Where the record stands in the body, as a JSON Pointer. @example "/contents/0" */
  pointer!: string;
  /** Of the service, and so of the offer. Absent if the record has none. */
  id?: string;
  outcome!: ImportOutcome;
  /** Why it is refused. Pointers lead into the body. */
  faults?: RecordFault[];
  /** What the record says and an offer has no place for. */
  leftOut?: string[];
}

export class HsdsImportReport {
  /** Whether nothing was changed because nothing was to be. */
  dryRun!: boolean;
  created!: number;
  updated!: number;
  unchanged!: number;
  refused!: number;
  records!: ImportedRecord[];
}
