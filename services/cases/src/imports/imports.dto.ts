import { PageQuery } from '@okienko/chassis/page';
import { IsCode } from '@okienko/chassis/validation';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { type Outcome, outcomes } from './data-import';
import { type ImportKind, importKinds } from './import-kinds';

export class StartImport {
  /** What the file holds; its columns are those of GET /imports/templates/{kind}. */
  @IsIn(importKinds)
  kind!: ImportKind;

  /** The system that it comes from, as a code. External ids are unique within it. @example "POMOST" */
  @IsCode()
  source!: string;

  /** true: nothing is kept, and the report is the one that the import would give now. */
  @IsOptional()
  @IsIn(['true', 'false'])
  dryRun?: 'true' | 'false';

  /** The unit of the centre that the matters go to; your own unless given. */
  @IsOptional()
  @Matches(/^[A-Za-z0-9._:-]{1,64}$/)
  unit?: string;
}

export class ListRows extends PageQuery {
  @IsOptional()
  @IsIn(outcomes)
  outcome?: Outcome;
}

export class ImportCounts {
  CREATED!: number;
  UNCHANGED!: number;
  LINKED!: number;
  DUPLICATE_PROPOSED!: number;
  REFUSED!: number;
}

export class ImportView {
  id!: string;
  version!: number;
  unit!: string;
  kind!: ImportKind;
  source!: string;
  dryRun!: boolean;
  state!: 'RUNNING' | 'DONE';
  /** Of the file, which is destroyed when the import is done. */
  sha256!: string;
  /** Rows of the file; the lines of one external id are one. */
  rows!: number;
  counts!: ImportCounts;
  /** Rows of which nothing is known yet. */
  left!: number;
  rowsPerSecond!: number;
  startedBy!: string;
  startedAt!: string;
  endedAt!: string | null;
}

export class ImportRowView {
  /** As a spreadsheet counts, the headings being row 1; in JSON the place in the list. */
  row!: number;
  /** Null where it could not be kept. */
  externalId!: string | null;
  outcome!: Outcome;
  /** Why it was refused. */
  code!: string | null;
  /** The column that it was refused for. */
  field!: string | null;
  /** What it became or is here already; null after a dry run for what is not here. */
  subjectId!: string | null;
  /** Who may be the same person. */
  duplicates!: string[];
}
