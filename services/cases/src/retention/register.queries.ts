import { cursorId, defaultLimit, type Page, type PageQuery, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction } from '@okienko/messaging/transaction';
import type { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, type PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import { ofPerson } from '../persons/standing';

/** What is noted of the files of persons, one line an entry: holds, requests that they be erased. */
export abstract class RegisterQueries<Entry extends { readonly id: string; readonly personId: string }> {
  protected abstract readonly entry: string;
  protected abstract readonly select: string;

  constructor(
    protected readonly dataSource: DataSource,
    protected readonly personalData: PersonalData,
  ) {}

  get(id: string, access: Access): Promise<Entry> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', id), ...visibleTo(access.caller));
      const [found] = await transaction.query<Entry>(`${this.select} ${sql}`, values);
      if (!found) throw new NotFound(this.entry);
      await this.personalData.record(transaction, 'READ', access, read(found));
      return found;
    });
  }

  list(query: PageQuery & { readonly personId?: string }, access: Access): Promise<Page<Entry>> {
    const { personId, after, limit = defaultLimit } = query;
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(
        ...ofPerson('person_id', personId),
        ...given('id > ?', cursorId(after)),
        ...visibleTo(access.caller),
      );
      const text = `${this.select} ${sql} order by id limit $${values.length + 1}`;
      const page = pageOf(await transaction.query<Entry>(text, [...values, limit + 1]), limit, ({ id }) => [id]);
      await this.personalData.recordAll(transaction, access, page.items.map(read));
      return page;
    });
  }
}

export const read = ({ personId }: { readonly personId: string }) =>
  ({ act: 'READ', personId, fieldGroups: ['RETENTION'] }) as const;
