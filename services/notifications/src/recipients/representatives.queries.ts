import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import type { Sql } from '@okienko/privacy/sql';

@Injectable()
export class RepresentativeQueries {
  /** The one whom the event names, else all who represented the person on the day it happened. */
  async of(sql: Sql, personId: string, data: unknown, at: Date): Promise<string[]> {
    const { representativeId } = data as { representativeId?: string };
    if (representativeId !== undefined) return [representativeId.toLowerCase()];
    const rows = await sql.query<{ id: string }>(
      `select distinct representative_id as id from representative
       where person_id = $1 and valid_from <= $2 and (valid_to is null or valid_to >= $2) order by id`,
      [personId, dayOf(at)],
    );
    return rows.map(({ id }) => id);
  }
}
