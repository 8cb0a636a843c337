import { Injectable } from '@nestjs/common';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, DataErased, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import { ofPerson } from '../persons/standing';
import type { ErasureRequestView, KeptMatter, ListErasureRequests, RetentionView } from './erasure-requests.dto';
import { type Matter, standingOf } from './file-standing';
import { filesOf } from './person-files';
import { keptUntil, retentionOf } from './retention-terms';

@Injectable()
export class ErasureRequestQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  get(id: string, access: Access): Promise<ErasureRequestView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', id), ...visibleTo(access.caller));
      const [view] = await transaction.query<ErasureRequestView>(`${select} ${sql}`, values);
      if (!view) throw new NotFound('erasure request');
      await this.personalData.record(transaction, 'READ', access, read(view));
      return view;
    });
  }

  list(query: ListErasureRequests, access: Access): Promise<Page<ErasureRequestView>> {
    const { personId, after, limit = defaultLimit } = query;
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(
        ...ofPerson('person_id', personId),
        ...given('id > ?', cursorId(after)),
        ...visibleTo(access.caller),
      );
      const text = `${select} ${sql} order by id limit $${values.length + 1}`;
      const rows = await transaction.query<ErasureRequestView>(text, [...values, limit + 1]);
      const page = pageOf(rows, limit, (row) => [row.id]);
      await this.personalData.recordAll(transaction, access, page.items.map(read));
      return page;
    });
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

const read = ({ personId }: { readonly personId: string }) =>
  ({ act: 'READ', personId, fieldGroups: ['RETENTION'] }) as const;

function kept({ kind, closedOn }: Matter): KeptMatter {
  if (closedOn === null) return { kind, closedOn, keptUntil: null, category: null, basis: null };
  const { category, basis } = retentionOf(kind, closedOn);
  return { kind, closedOn, keptUntil: keptUntil(kind, closedOn), category, basis };
}

const select = `
  select id, version, unit, person_id as "personId", state, received_by as "receivedBy", received_on as "receivedOn",
         answer_by as "answerBy", decided_by as "decidedBy", decided_on as "decidedOn", basis
  from erasure_request`;
