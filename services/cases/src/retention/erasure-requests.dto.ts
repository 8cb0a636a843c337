import { PageQuery } from '@okienko/chassis/page';
import { IsDayString } from '@okienko/chassis/validation';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { type ProlongationReason, prolongationReasons, type RefusalBasis, refusalBases } from './erasure-request';
import { type FileKind, fileKinds, type RetentionTerm } from './retention-terms';

export class ReceiveErasureRequest {
  /** Day on which the person asked; the month for the answer runs from it (GDPR art. 12(3)). */
  @IsDayString()
  receivedOn!: string;
}

export class ProlongAnswer {
  /** Why a month is not enough (GDPR art. 12(3)). */
  @IsIn(prolongationReasons)
  reason!: ProlongationReason;

  /** Day within that month on which the person was told of it, and why. */
  @IsDayString()
  informedOn!: string;
}

export class RefuseErasure {
  /** What obliges the centre to keep the data (GDPR art. 17(3)). */
  @IsIn(refusalBases)
  basis!: RefusalBasis;
}

export class ListErasureRequests extends PageQuery {
  /** Of this person, under whichever record. */
  @IsOptional()
  @IsUUID()
  personId?: string;
}

export class ErasureRequestView {
  id!: string;
  version!: number;
  unit!: string;
  personId!: string;
  state!: 'RECEIVED' | 'GRANTED' | 'REFUSED';
  receivedBy!: string;
  receivedOn!: string;
  /** Last day for the answer, a running term of the worklist until it is given. */
  answerBy!: string;
  /** Why it was made two months longer. */
  prolongedFor!: ProlongationReason | null;
  /** When the person was told so. */
  informedOn!: string | null;
  decidedBy!: string | null;
  decidedOn!: string | null;
  basis!: string | null;
}

export class KeptMatter {
  @IsIn(fileKinds)
  kind!: FileKind;
  /** Nothing while it is under way. */
  closedOn!: string | null;
  keptUntil!: string | null;
  /** Symbol of the archival category. */
  category!: string | null;
  /** What the period rests on. */
  basis!: string | null;
  /** Whether a provision sets it, or the centre’s schedule of files. */
  setBy!: RetentionTerm['setBy'] | null;
}

export class RetentionView {
  personId!: string;
  /** OPEN: something is under way. HELD: a legal hold. KEPT: within its period. DUE: may be disposed of. */
  state!: 'OPEN' | 'HELD' | 'KEPT' | 'DUE';
  /** Of the file as a whole: the last day of its longest period. */
  keptUntil!: string | null;
  matters!: KeptMatter[];
}
