import { Injectable } from '@nestjs/common';
import { has, type Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { DataSource } from 'typeorm';
import { type Condition, given, where } from '../access/conditions';
import type { AuthorisationView, ListAuthorisations } from './authorisations.dto';

@Injectable()
export class AuthorisationQueries {
  constructor(private readonly dataSource: DataSource) {}

  async get(id: string, caller: Principal): Promise<AuthorisationView> {
    const { sql, values } = where(...given('id = ?', id), ...visibleTo(caller));
    const [view] = await this.dataSource.query<AuthorisationView[]>(`${select} ${sql}`, values);
    if (!view) throw new NotFound('authorisation');
    return view;
  }

  async list(
    { holder, after, limit = defaultLimit }: ListAuthorisations,
    caller: Principal,
  ): Promise<Page<AuthorisationView>> {
    const { sql, values } = where(
      ...given('holder = ?', holder),
      ...given('id > ?', cursorId(after)),
      ...visibleTo(caller),
    );
    const text = `${select} ${sql} order by id limit $${values.length + 1}`;
    return pageOf(await this.dataSource.query<AuthorisationView[]>(text, [...values, limit + 1]), limit, (row) => [
      row.id,
    ]);
  }
}

const select = `
  select id, version, holder, number, scope, valid_from as "validFrom", valid_to as "validTo", revoked_on as "revokedOn"
  from authorisation`;

/** Who keeps the register sees all of it, everybody else their own. */
const visibleTo = (caller: Principal): Condition[] =>
  has(caller, 'director', 'operator', 'auditor') ? [] : given('holder = ?', caller.sub);
