import { Injectable } from '@nestjs/common';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import { ofPerson } from '../persons/standing';
import type { PastWords } from './past-matter';
import type { PastMatters, PastMatterView } from './past-matters.dto';

@Injectable()
export class PastMatterQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  /** Also those of a record that was merged. */
  ofPerson(personId: string, access: Access): Promise<PastMatters> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...ofPerson('person_id', personId), ...visibleTo(access.caller));
      const items: PastMatterView[] = [];
      for (const { words, ...found } of await transaction.query<Sealed>(`${select} ${sql} order by id`, values)) {
        const row = await this.personalData.row(transaction, found.personId, 'past_matter', found.id);
        items.push({ ...found, ...row.openJson<PastWords>('words', words) });
      }
      const touched = items.map(
        ({ id, personId: whose }) => ({ act: 'READ', personId: whose, fieldGroups: ['HISTORY'], caseRef: id }) as const,
      );
      await this.personalData.recordAll(transaction, access, touched);
      return { items };
    });
  }
}

type Sealed = Omit<PastMatterView, keyof PastWords> & { readonly words: Buffer };

const select = `
  select id, unit, person_id as "personId", imported_from as "importedFrom", words from past_matter`;
