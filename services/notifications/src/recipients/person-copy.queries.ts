import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { currentContext, traceIdOf } from '@okienko/messaging/context';
import { inTransaction } from '@okienko/messaging/transaction';
import { recordAccesses } from '@okienko/privacy/access-log';
import { copyOf } from '@okienko/privacy/held';
import { PersonKeys } from '@okienko/privacy/person-keys';
import { DataSource } from 'typeorm';
import { sealedPlaces } from '../sealed-places';
import { held } from './held';
import type { PersonCopyView, ToldPartnerView } from './person-copy.dto';
import { recordsOf } from './recipients.queries';

/** Everything about a person, for the person (GDPR art. 15, 20). */
@Injectable()
export class PersonCopyQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly keys: PersonKeys,
  ) {}

  of(personId: string, { sub, roles }: Principal): Promise<PersonCopyView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const found = await transaction.query<{ id: string }>(recordsOf, [personId]);
      const records = found.map(({ id }) => id).sort();
      const copy = await copyOf(transaction, this.keys, held, sealedPlaces, records);
      if (copy.every(({ rows }) => rows.length === 0)) throw new NotFound('person');
      const partners = await transaction.query<ToldPartnerView>(selectPartners, [records]);
      const at = this.clock.now();
      const entry = { at, actor: sub, role: roles.join(','), act: 'EXPORT', fieldGroups: ['EVERYTHING'] } as const;
      const traceId = traceIdOf(currentContext().traceparent);
      await recordAccesses(
        transaction,
        records.map((id) => ({ ...entry, personId: id, purpose: 'DATA_SUBJECT_REQUEST', traceId })),
      );
      return { personId, records, madeAt: at.toISOString(), held: copy, partners };
    });
  }
}

const selectPartners = `
  select s.partner_id as "partnerId", count(*)::int as events
  from dispatch d join subscription s on s.id = d.subscription_id
  where d.subject = any ($1::uuid[]) and d.state = 'DELIVERED' group by 1 order by 1`;
