import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import { ofPerson } from '../persons/standing';
import type { ListRepresentations, RepresentationSummary, RepresentationView } from './representations.dto';

@Injectable()
export class RepresentationQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  get(id: string, access: Access): Promise<RepresentationView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', id), ...visibleTo(access.caller));
      const [found] = await transaction.query<Sealed>(
        `select ${summary}, ruling, recorded_by as "recordedBy" from representation ${sql}`,
        values,
      );
      if (!found) throw new NotFound('representation');
      const { personId, representativeId } = found;
      const row = await this.personalData.row(transaction, personId, 'representation', id);
      const view = { ...found, ruling: row.openIfGiven('ruling', found.ruling) };
      const touched = [personId, representativeId].map(
        (whose) => ({ act: 'READ', personId: whose, fieldGroups: ['REPRESENTATION'], caseRef: id }) as const,
      );
      await this.personalData.recordAll(transaction, access, touched);
      return view;
    });
  }

  /** Ids, codes and dates only, also of records that were merged. */
  async list(
    { personId, representativeId, after, limit = defaultLimit }: ListRepresentations,
    caller: Principal,
  ): Promise<Page<RepresentationSummary>> {
    const { sql, values } = where(
      ...ofPerson('person_id', personId),
      ...ofPerson('representative_id', representativeId),
      ...given('id > ?', cursorId(after)),
      ...visibleTo(caller),
    );
    const text = `select ${summary} from representation ${sql} order by id limit $${values.length + 1}`;
    const rows = await this.dataSource.query<RepresentationSummary[]>(text, [...values, limit + 1]);
    return pageOf(rows, limit, (row) => [row.id]);
  }
}

type Sealed = Omit<RepresentationView, 'ruling'> & { readonly ruling: Buffer | null };

const summary = `id, version, person_id as "personId", representative_id as "representativeId", role, basis,
  valid_from as "validFrom", valid_to as "validTo", ended_on as "endedOn"`;
