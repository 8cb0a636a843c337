import { ArrayMaxSize, IsArray, IsOptional, IsUUID } from 'class-validator';

export class CopyPerson {
  /** Of the person's allocations, as `cases` tells them: this service does not know whose they are. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1000)
  @IsUUID(undefined, { each: true })
  allocationIds?: string[];
}

export class HeldRowsView {
  /** What the rows are, by the name under which they are kept. */
  table!: string;
  /** As they are kept, but opened. */
  rows!: object[];
}

export class PersonCopyView {
  personId!: string;
  madeAt!: string;
  held!: HeldRowsView[];
}
