import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction } from '@okienko/messaging/transaction';
import { copyOf } from '@okienko/privacy/held';
import { KeyRing } from '@okienko/privacy/key-ring';
import { PersonKeys } from '@okienko/privacy/person-keys';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import { sealedPlaces } from '../sealed-places';
import { held } from './held';
import type { PersonCopyView, PersonEventView } from './person-copy.dto';
import { recordsOf } from './standing';

/** Everything about a person, for the person (GDPR art. 15, 20). */
@Injectable()
export class PersonCopyQueries {
  private readonly keys: PersonKeys;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    ring: KeyRing,
  ) {
    this.keys = new PersonKeys(ring);
  }

  of(personId: string, caller: Principal): Promise<PersonCopyView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', personId), ...visibleTo(caller));
      const [known] = await transaction.query(`select id from person ${sql}`, values);
      if (!known) throw new NotFound('person');
      const found = await transaction.query<{ id: string }>(recordsOf.replace('?', '$1'), [personId]);
      const records = found.map(({ id }) => id).sort();
      // Nothing is read of who has been erased.
      await this.personalData.keyOf(transaction, personId);
      const copy = await copyOf(transaction, this.keys, held, sealedPlaces, records);
      const history = await transaction.query<PersonEventView>(selectHistory, [records]);
      const providers = await transaction.query<{ id: string }>(selectProviders, [records]);
      const access = { caller, purpose: 'DATA_SUBJECT_REQUEST' };
      const touched = records.map((id) => ({ act: 'EXPORT', personId: id, fieldGroups: ['EVERYTHING'] }) as const);
      await this.personalData.recordAll(transaction, access, touched);
      const madeAt = this.clock.now().toISOString();
      return { personId, records, madeAt, held: copy, history, providers: providers.map(({ id }) => id) };
    });
  }
}

// Contact details in events are sealed for another service, and told by it.
const selectHistory = `
  select event::jsonb ->> 'type' as type, event::jsonb ->> 'time' as at, coalesce(event::jsonb -> 'data', '{}') - 'recipient' as data
  from outbox_history where aggregate_type in ('person', 'person-contact') and aggregate_id = any ($1::uuid[]) order by seq`;

const selectProviders = `
  select distinct r.provider_id as id from referral r join allocation a on a.id = r.allocation_id
  where a.person_id = any ($1::uuid[]) order by 1`;
