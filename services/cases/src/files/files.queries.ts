import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction, type Transaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { SealedRow } from '../access/sealed-row';
import { visibleTo } from '../access/visibility';
import { assertReadable } from './attached-file';
import type { FileSummary, FileView, ListFiles } from './files.dto';
import { ObjectStore } from './object-store';

@Injectable()
export class FileQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
    private readonly store: ObjectStore,
  ) {}

  get(id: string, access: Access): Promise<FileView> {
    return inTransaction(this.dataSource, async (transaction) => (await this.opened(transaction, id, access)).view);
  }

  /** The reading is on record before the first byte leaves. */
  async content(id: string, access: Access): Promise<{ name: string; content: Buffer }> {
    const { name, row } = await inTransaction(this.dataSource, async (transaction) => {
      const { view, row } = await this.opened(transaction, id, access);
      assertReadable(view.state);
      return { name: view.name, row };
    });
    return { name, content: row.openBytes('content', await this.store.get(id)) };
  }

  /** Ids, codes and dates only: names of files tell whose they are. */
  async list({ applicationId, after, limit = defaultLimit }: ListFiles, caller: Principal): Promise<Page<FileSummary>> {
    const filters = [...given('application_id = ?', applicationId), ...given('id > ?', cursorId(after))];
    const { sql, values } = where(...filters, ...visibleTo(caller));
    const text = `select ${summary} from attached_file ${sql} order by id limit $${values.length + 1}`;
    return pageOf(await this.dataSource.query<FileSummary[]>(text, [...values, limit + 1]), limit, (row) => [row.id]);
  }

  private async opened(
    transaction: Transaction,
    id: string,
    access: Access,
  ): Promise<{ view: FileView; row: SealedRow }> {
    const { sql, values } = where(...given('id = ?', id), ...visibleTo(access.caller));
    const [found] = await transaction.query<FileSummary & { readonly name: Buffer }>(
      `select ${summary}, name from attached_file ${sql}`,
      values,
    );
    if (!found) throw new NotFound('file');
    const { personId, applicationId } = found;
    const row = await this.personalData.row(transaction, personId, 'attached_file', id);
    const view = { ...found, name: row.open('name', found.name) };
    const touched = { personId, fieldGroups: ['FILE'], caseRef: applicationId };
    await this.personalData.record(transaction, 'READ', access, touched);
    return { view, row };
  }
}

const summary = `id, version, application_id as "applicationId", person_id as "personId", category, media_type as "mediaType", bytes,
  state, scan, attached_by as "attachedBy", attached_at as "attachedAt", removed_on as "removedOn", removal_reason as "removalReason"`;
