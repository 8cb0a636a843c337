import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction, type Transaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import type { SealedRow } from '../access/sealed-row';
import { visibleTo } from '../access/visibility';
import type { DocumentFormat, DocumentSummary, DocumentView, ListDocuments } from './documents.dto';
import type { Particulars } from './issued-document';

@Injectable()
export class DocumentQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  get(id: string, access: Access): Promise<DocumentView> {
    return this.read<DocumentSummary & { particulars: Buffer }, DocumentView>(
      id,
      `${summary}, particulars`,
      access,
      ({ particulars, ...found }, row) => ({ ...found, ...row.openJson<Particulars>('particulars', particulars) }),
    );
  }

  /** The bytes as they were issued. */
  content(id: string, format: DocumentFormat, access: Access): Promise<Buffer> {
    const columns = `person_id as "personId", application_id as "applicationId", ${format} as content`;
    return this.read<Owned & { content: Buffer }, Buffer>(id, columns, access, ({ content }, row) =>
      row.openBytes(format, content),
    );
  }

  /** Ids, codes and dates only. */
  async list(
    { applicationId, after, limit = defaultLimit }: ListDocuments,
    caller: Principal,
  ): Promise<Page<DocumentSummary>> {
    const filters = [...given('application_id = ?', applicationId), ...given('id > ?', cursorId(after))];
    const { sql, values } = where(...filters, ...visibleTo(caller));
    const text = `select ${summary} from issued_document ${sql} order by id limit $${values.length + 1}`;
    const rows = await this.dataSource.query<DocumentSummary[]>(text, [...values, limit + 1]);
    return pageOf(rows, limit, (row) => [row.id]);
  }

  private read<Row extends Owned, View>(
    id: string,
    columns: string,
    access: Access,
    open: (found: Row, row: SealedRow) => View,
  ): Promise<View> {
    return inTransaction(this.dataSource, async (transaction: Transaction) => {
      const { sql, values } = where(...given('id = ?', id), ...visibleTo(access.caller));
      const [found] = await transaction.query<Row>(`select ${columns} from issued_document ${sql}`, values);
      if (!found) throw new NotFound('document');
      const { personId, applicationId } = found;
      const view = open(found, await this.personalData.row(transaction, personId, 'issued_document', id));
      const touched = { personId, fieldGroups: ['DOCUMENT'], caseRef: applicationId };
      await this.personalData.record(transaction, 'READ', access, touched);
      return view;
    });
  }
}

interface Owned {
  readonly personId: string;
  readonly applicationId: string;
}

const summary = `id, version, application_id as "applicationId", person_id as "personId", kind, subject_id as "subjectId",
  subject_version as "subjectVersion", template_version as "templateVersion", pdf_sha256 as "pdfSha256",
  html_sha256 as "htmlSha256", issued_by as "issuedBy", issued_at as "issuedAt"`;
