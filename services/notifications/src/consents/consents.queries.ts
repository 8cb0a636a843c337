import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf, type PageQuery } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { currentContext, traceIdOf } from '@okienko/messaging/context';
import { inTransaction } from '@okienko/messaging/transaction';
import { recordAccess } from '@okienko/privacy/access-log';
import type { Sql } from '@okienko/privacy/sql';
import { DataSource } from 'typeorm';
import { recordsOf } from '../recipients/recipients.queries';
import type { ConsentView } from './consents.dto';

/** Known are those whom the centre knows how to reach. */
export async function assertKnown(sql: Sql, personId: string): Promise<void> {
  const known = await sql.query(`select 1 from recipient where person_id in (${recordsOf}) limit 1`, [personId]);
  if (known.length === 0) throw new NotFound('person');
}

@Injectable()
export class ConsentQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Of all records of the person, the oldest first; whoever reads leaves a trace. */
  list(personId: string, { limit = defaultLimit, after }: PageQuery, reader: Principal): Promise<Page<ConsentView>> {
    const begin = cursorId(after);
    return inTransaction(this.dataSource, async (transaction) => {
      await assertKnown(transaction, personId);
      const rows = await transaction.query<ConsentView>(
        `select id, version, person_id as "personId", topic, channel, given_at as "givenAt", given_by as "givenBy",
           ended_at as "endedAt", ended_by as "endedBy"
         from consent where person_id in (${recordsOf}) and ($2::uuid is null or id > $2) order by id limit $3`,
        [personId, begin ?? null, limit + 1],
      );
      await recordAccess(transaction, {
        at: this.clock.now(),
        actor: reader.sub,
        role: reader.roles.join(','),
        act: 'READ',
        personId,
        fieldGroups: ['consents'],
        purpose: 'NOTIFICATION',
        traceId: traceIdOf(currentContext().traceparent),
      });
      return pageOf(rows, limit, ({ id }) => [id]);
    });
  }

  /** Whether the person wants what that rule sends and nobody owes them. Any of their records may say so. */
  async mayReceiveExtras(sql: Sql, personId: string, rule: string): Promise<boolean> {
    const found = await sql.query(
      `select 1 from consent where person_id in (${recordsOf}) and topic = $2 and ended_at is null
         and not exists (select from restricted_person where person_id in (${recordsOf})) limit 1`,
      [personId, rule],
    );
    return found.length > 0;
  }
}
