import { PageQuery } from '@okienko/chassis/page';
import { IsTerc } from '@okienko/chassis/validation';
import { IsOptional } from 'class-validator';
import type { OfficeContent } from './office';

export class ListOffices extends PageQuery {
  @IsOptional()
  @IsTerc()
  terc?: string;
}

export interface OfficeView extends OfficeContent {
  id: string;
  version: number;
  /** Its name in catalogues. @example "ecus-elblag" */
  key: string;
}

export class OfficePage {
  items!: OfficeView[];
  /** Cursor of the next page. */
  next?: string;
}
