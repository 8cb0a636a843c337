import { PageQuery } from '@okienko/chassis/page';
import { IsCode } from '@okienko/chassis/validation';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { type DisposalState, disposalStates, type FileOutcome } from './disposal';

export class ProposeDisposal {
  /** How many files at the most; 500 unless given. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  files?: number;
}

export class ApproveDisposal {
  /**
   * Number of the consent of the state archive to this list, or of its general consent.
   * @example "OP.6312.14.2027"
   */
  @Matches(/^[\p{L}\d][\p{L}\d ./-]{0,63}$/u)
  archiveConsent!: string;
}

export class RejectDisposal {
  /** ARCHIVE_REFUSED, for example. */
  @IsCode()
  reasonCode!: string;
}

export class ListDisposals extends PageQuery {
  @IsOptional()
  @IsIn(disposalStates)
  state?: DisposalState;
}

export class DisposalView {
  id!: string;
  version!: number;
  state!: DisposalState;
  files!: number;
  proposedBy!: string;
  proposedOn!: string;
  decidedBy!: string | null;
  decidedOn!: string | null;
  archiveConsent!: string | null;
  reasonCode!: string | null;
  erased!: number | null;
  kept!: number | null;
  carriedOutOn!: string | null;
}

export class DisposalFileView {
  number!: number;
  /** The record that goes on, where several were of one person. */
  personId!: string;
  category!: string;
  closedOn!: string;
  keptUntil!: string;
  /** Nothing until the disposal has come to it. */
  outcome!: FileOutcome | null;
}
