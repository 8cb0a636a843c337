import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, cursorNumber, defaultLimit, type Page, type PageQuery, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction, type Transaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import type { DisposalFileView, DisposalView, ListDisposals } from './disposals.dto';

type Sql = Pick<Transaction, 'query'>;

@Injectable()
export class DisposalQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  get(id: string, caller: Principal): Promise<DisposalView> {
    return inTransaction(this.dataSource, (transaction) => find(transaction, id, caller));
  }

  list({ state, after, limit = defaultLimit }: ListDisposals, caller: Principal): Promise<Page<DisposalView>> {
    const { sql, values } = where(
      ...given('state = ?', state),
      ...given('id > ?', cursorId(after)),
      ...visibleTo(caller),
    );
    const text = `${select} ${sql} order by id limit $${values.length + 1}`;
    return inTransaction(this.dataSource, async (transaction) =>
      pageOf(await transaction.query<DisposalView>(text, [...values, limit + 1]), limit, (row) => [row.id]),
    );
  }

  files(id: string, { after, limit = defaultLimit }: PageQuery, access: Access): Promise<Page<DisposalFileView>> {
    const last = cursorNumber(after) ?? 0;
    return inTransaction(this.dataSource, async (transaction) => {
      await find(transaction, id, access.caller);
      const text = `${selectFiles} and number > $2 order by number limit $3`;
      const rows = await transaction.query<DisposalFileView>(text, [id, last, limit + 1]);
      const page = pageOf(rows, limit, ({ number }) => [String(number)]);
      await this.personalData.recordAll(transaction, access, page.items.map(read));
      return page;
    });
  }

  /** The list as a whole, for its protocol. */
  whole(id: string, access: Access): Promise<{ disposal: DisposalView; files: DisposalFileView[] }> {
    return inTransaction(this.dataSource, async (transaction) => {
      const disposal = await find(transaction, id, access.caller);
      const files = await transaction.query<DisposalFileView>(`${selectFiles} order by number`, [id]);
      await this.personalData.recordAll(transaction, access, files.map(read));
      return { disposal, files };
    });
  }
}

const read = ({ personId }: DisposalFileView) => ({ act: 'READ', personId, fieldGroups: ['RETENTION'] }) as const;

async function find(sql: Sql, id: string, caller: Principal): Promise<DisposalView> {
  const condition = where(...given('id = ?', id), ...visibleTo(caller));
  const [view] = await sql.query<DisposalView>(`${select} ${condition.sql}`, condition.values);
  if (!view) throw new NotFound('disposal');
  return view;
}

const select = `
  select id, version, state, files, proposed_by as "proposedBy", proposed_on as "proposedOn", decided_by as "decidedBy",
         decided_on as "decidedOn", archive_consent as "archiveConsent", reason_code as "reasonCode", erased, kept,
         carried_out_on as "carriedOutOn"
  from disposal`;

const selectFiles = `
  select number, person_id as "personId", category, closed_on as "closedOn", kept_until as "keptUntil", outcome
  from disposal_file where disposal_id = $1`;
