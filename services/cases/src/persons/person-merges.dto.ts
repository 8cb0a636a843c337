import type { Changed } from '@okienko/chassis/http';
import { IsId, IsText } from '@okienko/chassis/validation';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { type MergeEvidence, mergeEvidence } from './person-merge';

export class MergePerson {
  /** The record that gives way. It stays readable, and its matters stay under it. */
  @IsId()
  duplicateId!: string;

  /** Version of the duplicate that you have read. */
  @IsInt()
  @Min(1)
  @Max(999_999_999)
  duplicateVersion!: number;

  @IsIn(mergeEvidence)
  evidence!: MergeEvidence;

  /** Why the two are one person. Kept encrypted. */
  @IsText(1, 2000)
  reason!: string;
}

export class ReverseMerge {
  @IsId()
  duplicateId!: string;

  /** Why they are two people after all. Kept encrypted. */
  @IsText(1, 2000)
  reason!: string;
}

export class PersonMergeChanged implements Changed {
  id!: string;
  version!: number;
  duplicateId!: string;
  duplicateVersion!: number;
}

export class PersonMergeView {
  id!: string;
  survivorId!: string;
  duplicateId!: string;
  mergedAt!: string;
  /** Account that merged. */
  mergedBy!: string;
  evidence!: MergeEvidence;
  reason!: string;
  /** The survivor had no identifier and was given the duplicate's. */
  identifierMoved!: boolean;
  /** Items whose places went over to the survivor. */
  placesMoved!: string[];
  reversedAt!: string | null;
  reversedBy!: string | null;
  reversalReason!: string | null;
}

export class PersonMerges {
  items!: PersonMergeView[];
}
