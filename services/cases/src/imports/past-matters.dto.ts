import { IsDayString, IsId, IsText } from '@okienko/chassis/validation';
import { IsOptional } from 'class-validator';
import { ImportedFromView } from '../applications/applications.dto';

export class RecordPastMatter {
  @IsId()
  personId!: string;

  @IsText(1, 300)
  title!: string;

  @IsDayString()
  from!: string;

  @IsDayString()
  to!: string;

  @IsText(1, 1_000)
  outcome!: string;

  @IsOptional()
  @IsText(1, 10_000)
  note?: string;
}

export class ListPastMatters {
  /** Whose. */
  @IsId()
  personId!: string;
}

export class PastMatterView {
  id!: string;
  personId!: string;
  unit!: string;
  title!: string;
  from!: string;
  to!: string;
  outcome!: string;
  note?: string;
  importedFrom!: ImportedFromView;
}

export class PastMatters {
  items!: PastMatterView[];
}
