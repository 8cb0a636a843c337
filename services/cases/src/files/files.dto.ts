import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsId } from '@okienko/chassis/validation';
import { IsIn } from 'class-validator';
import { fileCategories, type FileCategory, type FileState, type Scan } from './attached-file';

export class AttachFile {
  /** The application whose case file it belongs to. */
  @IsId()
  applicationId!: string;

  @IsIn(fileCategories)
  category!: FileCategory;
}

export class ListFiles extends PageQuery {
  @IsId()
  applicationId!: string;
}

export class RemoveFile {
  /** Why, as a code: WRONG_PERSON, for example. */
  @IsCode()
  reasonCode!: string;
}

export class FileAttached {
  id!: string;
  version!: number;
  state!: FileState;
  scan!: Scan;
}

export class FileSummary {
  id!: string;
  version!: number;
  applicationId!: string;
  personId!: string;
  category!: FileCategory;
  mediaType!: string;
  bytes!: number;
  state!: FileState;
  /** UNSCANNED: no scanner is set up at this centre. */
  scan!: Scan;
  attachedBy!: string;
  attachedAt!: string;
  removedOn!: string | null;
  removalReason!: string | null;
}

export class FileView extends FileSummary {
  name!: string;
}
