import { Injectable } from '@nestjs/common';
import { has } from '@okienko/chassis/access';
import { cursorValues, defaultLimit, pageOf, type PageQuery } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import type { AccessView, PersonAccesses } from './accesses.dto';

type Row = Required<AccessView> & { readonly chain: number; readonly position: string };

const mostPrinted = 2000;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

@Injectable()
export class AccessQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  /** Who saw or changed the data of a person, when and what for, under the records too that were merged into theirs. */
  of(id: string, query: PageQuery, access: Access): Promise<PersonAccesses> {
    return this.read(id, query, access, 'READ');
  }

  /** The same to be taken home: the latest of them, as many as paper is good for. */
  forPrint(id: string, access: Access): Promise<PersonAccesses> {
    return this.read(id, { limit: mostPrinted }, access, 'EXPORT');
  }

  private read(
    id: string,
    { limit = defaultLimit, after }: PageQuery,
    access: Access,
    act: 'READ' | 'EXPORT',
  ): Promise<PersonAccesses> {
    const [at, chain, position] = cursorValues(after, [instant, 'number', 'number']) ?? [];
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', id), ...visibleTo(access.caller));
      const [person] = await transaction.query(`select id from person ${sql}`, values);
      if (!person) throw new NotFound('person');
      const bounds = [id, at ?? null, chain ?? null, position ?? null, limit + 1];
      const { items, ...more } = pageOf(await transaction.query<Row>(select, bounds), limit, (row) => [
        row.at,
        String(row.chain),
        row.position,
      ]);
      await this.personalData.record(transaction, act, access, { personId: id, fieldGroups: ['ACCESS_LOG'] });
      const seesAccounts = has(access.caller, 'auditor');
      const shown = items.map(({ account, chain: _, position: __, ...view }): AccessView =>
        seesAccounts ? { ...view, account } : view,
      );
      return { items: shown, ...more };
    });
  }
}

const select = `
  select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, role, actor as account, act, field_groups as "fieldGroups", purpose,
         case_ref as "caseRef", chain::int as chain, position::text as position
  from access_log
  where person_id in (select p.id from person p where p.id = $1 or p.merged_into = $1)
    and ($2::timestamptz is null or (access_log.at, chain, position) < ($2::timestamptz, $3::smallint, $4::bigint))
  order by access_log.at desc, chain desc, position desc limit $5`;
