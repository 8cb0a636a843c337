import { RecordFault } from '../record-fault';
import { IsSlug, IsText, MayBeAbsent, Part, Parts } from '@okienko/chassis/validation';
import { PageQuery } from '@okienko/chassis/page';
import { IsIn, IsOptional } from 'class-validator';
import { OptionalLine } from '../lines.dto';
import type { Outcome } from './catalogue-import';
import { OfficeRecord } from './office-record.dto';
import { ServiceRecord } from './service-record.dto';

/** What the legal tracks (art. 19) mean, in the words of whoever wrote the catalogue. */
export class LegalTrackWords {
  @OptionalLine() PUS?: string;
  @OptionalLine() SOCIAL_ASSISTANCE_DECISION?: string;
  @OptionalLine() MINISTERIAL_PROGRAMME?: string;
  @OptionalLine() LOCAL_PROGRAMME?: string;
  @OptionalLine() OTHER_ACT?: string;
  @OptionalLine() SUPPORTING_ACTIVITY?: string;
}

export class CodeWords {
  @MayBeAbsent()
  @Part(() => LegalTrackWords)
  legalTrack?: LegalTrackWords;
}

/** Offices and the services they list. A large catalogue comes in several, offices first. */
export class Catalogue {
  /** How it is to be read. */
  @MayBeAbsent()
  @IsText(1, 5000)
  legend?: string;

  @MayBeAbsent()
  @Part(() => CodeWords)
  codes?: CodeWords;

  @Parts(() => OfficeRecord, 0, 200)
  offices!: OfficeRecord[];

  @Parts(() => ServiceRecord, 0, 1000)
  services!: ServiceRecord[];
}

export class HowToImport {
  /** Reports on every record what would happen, and changes nothing. */
  @IsOptional()
  @IsIn(['true', 'false'])
  dryRun?: 'true' | 'false';
}

export class RecordReport {
  /** Of the record in the catalogue. */
  id!: string;
  outcome!: Outcome;
  /** Why it is refused. */
  reasons?: RecordFault[];
  /** The offer it is, or became. */
  offerId?: string;
  /** Why it is not in the directory yet: no programme is named (revise the draft), or its office has no TERC (import it with one). */
  waitsFor?: 'PROGRAMME' | 'GMINA';
}

export class ImportReport {
  /** Of the import; absent of a dry run. */
  id?: string;
  version?: number;
  created!: number;
  updated!: number;
  unchanged!: number;
  refused!: number;
  offices!: RecordReport[];
  services!: RecordReport[];
}

export class HowToExport extends PageQuery {
  /** Only this office and its services, by its id in catalogues. @example "ecus-elblag" */
  @IsOptional()
  @IsSlug()
  office?: string;
}

export class CataloguePage {
  legend?: string;
  codes?: CodeWords;
  /** On the first page. */
  offices!: OfficeRecord[];
  services!: ServiceRecord[];
  /** Cursor of the next page. */
  next?: string;
}
