import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { type Access, PersonalData } from '../access/personal-data';
import { HouseholdCommands } from '../households/households.commands';
import { FormHousehold } from '../households/households.dto';
import { type GivenIdentifier, type Identifier, identifierOf } from '../persons/identifier';
import { PersonCommands } from '../persons/persons.commands';
import { RegisterPerson } from '../persons/persons.dto';
import { identified, indexesOf } from '../persons/person-matches';
import { Seals } from '../persons/seals';
import type { Cells } from './import-file';
import type { ImportRecord } from './import-records';
import { type Brought, created } from './brought';
import { registrationOf } from './person-row';
import { bodyOf } from './row-body.dto';

/** Persons and households, by the acts of the desk. */
@Injectable()
export class PersonRows {
  constructor(
    private readonly work: UnitOfWork,
    private readonly personalData: PersonalData,
    private readonly seals: Seals,
    private readonly persons: PersonCommands,
    private readonly households: HouseholdCommands,
  ) {}

  async register({ head }: ImportRecord, access: Access): Promise<Brought> {
    const body = bodyOf(RegisterPerson, registrationOf(head), head);
    const known = body.identifier && (await this.known(identifierOf(body.identifier as GivenIdentifier), access));
    if (known) return { outcome: 'LINKED', subjectId: known };
    const { id, possibleDuplicates, possibleDuplicatesElsewhere } = await this.persons.register(body, access);
    if (possibleDuplicates.length + possibleDuplicatesElsewhere === 0) return created(id);
    const duplicates = possibleDuplicates.map((duplicate) => duplicate.id);
    return { outcome: 'DUPLICATE_PROPOSED', subjectId: id, duplicates };
  }

  async form(parts: readonly (Cells & { readonly personId: string })[], access: Access): Promise<Brought> {
    const members = parts.map(({ personId, relation, from }) => ({ personId, relation, from }));
    const { id } = await this.households.form(bodyOf(FormHousehold, { members }).members, access);
    return created(id);
  }

  /** Whoever has that identifier, in whichever unit; of merged records the one that goes on. */
  private known(identifier: Identifier, access: Access): Promise<string | undefined> {
    return this.work.run(async (work) => {
      const [known] = await work.query<{ id: string }>(
        `select coalesce(merged_into, id) as id from person where id in (${identified.replace('?', '$1')})`,
        [indexesOf(this.seals, identifier)],
      );
      if (known)
        await this.personalData.record(work, 'SEARCH', access, { personId: known.id, fieldGroups: ['IDENTITY'] });
      return known?.id;
    });
  }
}
