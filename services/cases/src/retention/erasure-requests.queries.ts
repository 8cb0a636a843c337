import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, DataErased, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import type { ErasureRequestView, KeptMatter, RetentionView } from './erasure-requests.dto';
import { type Matter, standingOf } from './file-standing';
import { filesOf } from './person-files';
import { read, RegisterQueries } from './register.queries';
import { keptUntil, retentionOf } from './retention-terms';

@Injectable()
export class ErasureRequestQueries extends RegisterQueries<ErasureRequestView> {
  protected readonly entry = 'erasure request';
  protected readonly select = `
    select id, version, unit, person_id as "personId", state, received_by as "receivedBy", received_on as "receivedOn",
           answer_by as "answerBy", prolonged_for as "prolongedFor", informed_on as "informedOn", decided_by as "decidedBy",
           decided_on as "decidedOn", basis
    from erasure_request`;

  constructor(
    dataSource: DataSource,
    personalData: PersonalData,
    private readonly clock: Clock,
  ) {
    super(dataSource, personalData);
  }

  /** What is kept about the person until when, and why. */
  retention(personId: string, access: Access): Promise<RetentionView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', personId), ...visibleTo(access.caller));
      const [person] = await transaction.query<{ root: string; erasedAt: Date | null }>(
        `select coalesce(merged_into, id) as root, erased_at as "erasedAt" from person ${sql}`,
        values,
      );
      if (!person) throw new NotFound('person');
      if (person.erasedAt !== null) throw new DataErased();
      const today = dayOf(this.clock.now());
      const [file = { personId, matters: [], isHeld: false }] = await filesOf(transaction, [person.root], today);
      const standing = standingOf(file, today);
      await this.personalData.record(transaction, 'READ', access, read({ personId }));
      return {
        personId,
        state: standing.state,
        keptUntil: standing.state === 'OPEN' ? null : standing.keptUntil,
        matters: file.matters.map(kept),
      };
    });
  }
}

function kept({ kind, closedOn }: Matter): KeptMatter {
  if (closedOn === null) return { kind, closedOn, keptUntil: null, category: null, basis: null, setBy: null };
  const { category, basis, setBy } = retentionOf(kind, closedOn);
  return { kind, closedOn, keptUntil: keptUntil(kind, closedOn), category, basis, setBy };
}
