import { PageQuery } from '@okienko/chassis/page';
import { IsId, IsText, Part, Parts } from '@okienko/chassis/validation';
import { ArrayUnique, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { documentForms, type DocumentForm } from './document-templates';
import { documentKinds, type DocumentKind } from './issued-document';

export class Signatory {
  @IsText(1, 100)
  name!: string;

  @IsText(1, 100)
  position!: string;
}

export class Performer {
  @IsId()
  providerId!: string;

  @IsText(1, 200)
  name!: string;
}

export class IssueDocument {
  @IsIn(documentKinds)
  kind!: DocumentKind;

  /** The application of a notice, the decision (on an unpaid fee too), or the plan. */
  @IsId()
  subjectId!: string;

  /** ETR: easy to read. When left out, the form in which the person wishes to be written to. Kept encrypted. */
  @IsOptional()
  @IsIn(documentForms)
  form?: DocumentForm;

  /** Who signs it, with name and position (KPA art. 107 § 1). Kept encrypted. */
  @Part(() => Signatory)
  signatory!: Signatory;

  /** Where the person lives, when the document is to say so. Kept in the document only, encrypted. */
  @IsOptional()
  @IsText(1, 300)
  address?: string;

  /** Of a plan: which version. The one in force, or the draft, when left out. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  planVersion?: number;

  /** What the providers of a plan are called (art. 39(2)). */
  @IsOptional()
  @Parts(() => Performer, 1, 20)
  @ArrayUnique((performer: Partial<Performer> | null) => performer?.providerId)
  performers?: Performer[];
}

export class ListDocuments extends PageQuery {
  @IsId()
  applicationId!: string;
}

export type DocumentFormat = 'pdf' | 'html';

export class ReadDocument {
  /** `pdf` when left out. */
  @IsOptional()
  @IsIn(['pdf', 'html'])
  format?: DocumentFormat;
}

export class DocumentSummary {
  id!: string;
  version!: number;
  applicationId!: string;
  personId!: string;
  kind!: DocumentKind;
  subjectId!: string;
  /** The version of the subject that it tells of. */
  subjectVersion!: number;
  templateVersion!: number;
  pdfSha256!: string;
  htmlSha256!: string;
  issuedBy!: string;
  issuedAt!: string;
}

export class DocumentView extends DocumentSummary {
  form!: DocumentForm;
  template!: string;
  signatory!: Signatory;
}
