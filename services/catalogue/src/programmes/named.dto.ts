import { IsCode, IsLocalised, Localised, MayBeAbsent, Parts } from '@okienko/chassis/validation';
import { type DataCategoryCode, dataCategoryCodes } from '@okienko/contracts/data-scope';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { RequirementItem } from './criteria.dto';
import type { Priority, ScopedCode } from './programme-content';

/** A code with what it is called. */
export class NamedItem {
  /** @example "DISABILITY_CERTIFICATE" */
  @IsCode()
  code!: string;

  @IsLocalised()
  name!: Localised;
}

/** A statement or a document. */
export class ScopedItem extends NamedItem implements ScopedCode {
  /** The categories of personal data that it tells; `dataScope` has to list them. Of documents that most programmes ask for they are known. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsIn(dataCategoryCodes, { each: true })
  data?: DataCategoryCode[];
}

export class PriorityItem extends NamedItem implements Priority {
  /** Who belongs to the group: all requirements are to be met. */
  @Parts(() => RequirementItem, 1, 50)
  criteria!: RequirementItem[];
}
