import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { areaSlugs } from './areas';

/** One or more of the fourteen areas of art. 2(1), each once. */
export const AreAreas = (): PropertyDecorator =>
  applyDecorators(IsArray(), ArrayMinSize(1), ArrayMaxSize(14), ArrayUnique(), IsIn(areaSlugs, { each: true }));

export class AreaName {
  /** The name in the Act. @example "polityka prorodzinna" */
  pl!: string;
  en!: string;
}

export class AreaView {
  /** @example "pomoc-spoleczna" */
  slug!: string;
  /** @example "SOCIAL_ASSISTANCE" */
  code!: string;
  /** Its number in art. 2(1). @example 4 */
  no!: number;
  name!: AreaName;
  /** @example "art. 2 ust. 1 pkt 4" */
  legalBasis!: string;
}

export class AreaList {
  items!: readonly AreaView[];
}
