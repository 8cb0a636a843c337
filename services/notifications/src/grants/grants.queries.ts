import { Injectable } from '@nestjs/common';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { DataSource } from 'typeorm';
import { coversInSql } from './event-types';
import type { GrantView, ListGrants } from './grants.dto';

/**
 * The one rule by which a partner may have an event on a day, as a SQL condition: used when events are matched, when they are
 * delivered and when they are pulled. A grant for some gminas covers no event that names none.
 */
export const grantedInSql = (partnerId: string, name: string, gmina: string, today: string): string =>
  `exists (select from partner_grant g where g.partner_id = ${partnerId} and g.revoked_at is null
     and ${today}::date between g.valid_from and g.valid_to and (g.gminas = '[]' or g.gminas ? ${gmina}) and ${coversInSql('g.types', name)})`;

@Injectable()
export class GrantQueries {
  constructor(private readonly dataSource: DataSource) {}

  async list({ partnerId, limit = defaultLimit, after }: ListGrants): Promise<Page<GrantView>> {
    const rows = await this.dataSource.query<GrantView[]>(
      `select id, version, partner_id as "partnerId", types, gminas, purpose, valid_from as "validFrom", valid_to as "validTo", given_by as "givenBy",
         given_at as "givenAt", revoked_by as "revokedBy", revoked_at as "revokedAt", needs_approval as "needsApproval"
       from partner_grant where ($1::text is null or partner_id = $1) and ($2::uuid is null or id > $2) order by id limit $3`,
      [partnerId ?? null, cursorId(after) ?? null, limit + 1],
    );
    return pageOf(rows, limit, ({ id }) => [id]);
  }
}
