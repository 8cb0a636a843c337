import { PageQuery } from '@okienko/chassis/page';
import { IsDayString, IsId, IsText } from '@okienko/chassis/validation';
import { IsIn, IsOptional } from 'class-validator';
import { type RepresentationBasis, representationBases, type RepresentativeRole } from './representation';

export class RecordRepresentation {
  /** Who is represented. */
  @IsId()
  personId!: string;

  /** Who may apply for them. */
  @IsId()
  representativeId!: string;

  /** What it rests on; the role follows from it: of PARENT, GUARDIAN and CURATOR statutory representative, else actual carer (art. 35). */
  @IsIn(representationBases)
  basis!: RepresentationBasis;

  /** Number of the court's ruling; a guardian or curator has one. Kept encrypted. */
  @IsOptional()
  @IsText(1, 200)
  ruling?: string;

  @IsDayString()
  validFrom!: string;

  /** Last day; left out where no end is known. */
  @IsOptional()
  @IsDayString()
  validTo?: string;
}

export class EndRepresentation {
  /** Last day on which it held. */
  @IsDayString()
  endedOn!: string;
}

export class ListRepresentations extends PageQuery {
  /** Who is represented. */
  @IsOptional()
  @IsId()
  personId?: string;

  @IsOptional()
  @IsId()
  representativeId?: string;
}

export class RepresentationSummary {
  id!: string;
  version!: number;
  personId!: string;
  representativeId!: string;
  role!: RepresentativeRole;
  basis!: RepresentationBasis;
  validFrom!: string;
  validTo!: string | null;
  endedOn!: string | null;
}

export class RepresentationView extends RepresentationSummary {
  ruling!: string | null;
  /** Account that recorded it. */
  recordedBy!: string;
}
