import { table } from '../table.mapping';
import { IssuedDocument } from './issued-document';

export const issuedDocumentMapping = table(IssuedDocument, 'issued_document', {
  unit: 'text',
  terc: 'text',
  personId: 'uuid',
  applicationId: 'uuid',
  kind: 'text',
  subjectId: 'uuid',
  subjectVersion: 'int',
  templateVersion: 'int',
  particulars: 'bytea',
  pdf: 'bytea',
  html: 'bytea',
  pdfSha256: 'text',
  htmlSha256: 'text',
  issuedBy: 'text',
  issuedAt: 'timestamptz',
});
