import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { breakGlassPurpose } from '../access/sight';
import { visibleTo } from '../access/visibility';
import { ofPerson } from '../persons/standing';
import type { BreakGlassSummary, BreakGlassView, ListBreakGlass } from './break-glass.dto';

@Injectable()
export class BreakGlassQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  get(id: string, access: Access): Promise<BreakGlassView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', id), ...visibleTo(access.caller));
      const [found] = await transaction.query<Sealed>(
        `select ${summary}, reason, note from break_glass ${sql}`,
        values,
      );
      if (!found) throw new NotFound('break-glass');
      const { personId } = found;
      const row = await this.personalData.row(transaction, personId, 'break_glass', id);
      const view = { ...found, reason: row.open('reason', found.reason), note: row.openIfGiven('note', found.note) };
      const touched = { personId, fieldGroups: ['BREAK_GLASS'], caseRef: id };
      await this.personalData.record(transaction, 'READ', access, touched);
      return view;
    });
  }

  /** Ids, accounts, codes and moments only. */
  async list(
    { state, personId, after, limit = defaultLimit }: ListBreakGlass,
    caller: Principal,
  ): Promise<Page<BreakGlassSummary>> {
    const { sql, values } = where(
      ...(state ? [{ sql: `finding is ${state === 'WAITING' ? '' : 'not '}null`, values: [] }] : []),
      ...ofPerson('person_id', personId),
      ...given('id > ?', cursorId(after)),
      ...visibleTo(caller),
    );
    const text = `select ${summary} from break_glass ${sql} order by id limit $${values.length + 1}`;
    const rows = await this.dataSource.query<BreakGlassSummary[]>(text, [...values, limit + 1]);
    return pageOf(rows, limit, (row) => [row.id]);
  }
}

type Sealed = BreakGlassSummary & { readonly reason: Buffer; readonly note: Buffer | null };

const summary = `id, version, person_id as "personId", unit, account, account_unit as "accountUnit", opened_at as "openedAt", until,
  due_on as "dueOn", finding, reviewed_by as "reviewedBy", reviewed_at as "reviewedAt",
  (select count(*)::int from access_log l where l.person_id = break_glass.person_id
   and l.purpose = '${breakGlassPurpose}' || break_glass.id) as looks`;
