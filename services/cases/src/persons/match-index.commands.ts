import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { PersonalData } from '../access/personal-data';
import { indexNames } from './person-matches';
import { Seals } from './seals';

interface Missing {
  readonly id: string;
  readonly givenName: Buffer;
  readonly familyName: Buffer;
  readonly birthDate: Buffer;
}

/** As many in one transaction. */
const most = 100;
/** Before every id. */
export const first = '00000000-0000-0000-0000-000000000000';

/** Enters those into the index of names who were registered before there was one. */
@Injectable()
export class MatchIndexCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly personalData: PersonalData,
    private readonly seals: Seals,
  ) {}

  /** The next of them after that id. Says which came last; nothing when none is missing any more. */
  complete(after: string): Promise<string | undefined> {
    return this.work.run(async (work) => {
      // Locked, so that nobody's name is corrected meanwhile. Who is being corrected is entered by that.
      const missing = await work.query<Missing>(
        `select id, given_name as "givenName", family_name as "familyName", birth_date as "birthDate"
         from person p join person_key k on k.person_id = p.id
         where p.id > $1 and birth_date is not null and k.wrapped is not null
           and not exists (select from person_match m where m.person_id = p.id and m.kind = 'NAMES')
         order by p.id limit ${most} for update of p skip locked`,
        [after],
      );
      for (const { id, givenName, familyName, birthDate } of missing) {
        const row = await this.personalData.row(work, id, 'person', id);
        indexNames(work, this.seals, id, {
          givenName: row.open('given_name', givenName),
          familyName: row.open('family_name', familyName),
          birthDate: row.open('birth_date', birthDate),
        });
      }
      const touched = missing.map(({ id }) => ({ act: 'WRITE', personId: id, fieldGroups: ['IDENTITY'] }) as const);
      if (missing.length > 0) await this.personalData.recordAll(work, itself, touched);
      return missing.at(-1)?.id;
    });
  }
}

const itself = { caller: { sub: 'urn:okienko:cases', roles: [] }, purpose: 'DUPLICATES' };
