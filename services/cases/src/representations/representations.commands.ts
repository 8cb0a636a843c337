import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { unitOf } from '../access/visibility';
import { ContactCommands } from '../persons/contacts.commands';
import { residentFor } from '../persons/standing';
import { Representation } from './representation';
import type { RecordRepresentation } from './representations.dto';

@Injectable()
export class RepresentationCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    private readonly contacts: ContactCommands,
  ) {}

  record(command: RecordRepresentation, access: Access): Promise<Changed> {
    const { personId, representativeId, basis, validFrom, validTo = null } = command;
    return this.work.run(async (work) => {
      for (const id of [personId, representativeId].sort()) await residentFor(work, id, access);
      const id = uuidv7();
      const row = await this.personalData.row(work, personId, 'representation', id);
      const ruling = row.sealIfGiven('ruling', command.ruling);
      const terms = { personId, representativeId, basis, ruling, validFrom, validTo };
      const representation = Representation.record(id, unitOf(access.caller), terms, access.caller.sub);
      await work.save(representation, representation.recorded());
      await this.contacts.followGuardian(work, personId);
      return this.logged(work, representation, access);
    });
  }

  end(id: string, expectedVersion: number, endedOn: Day, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const representation = await loadVisible(work, Representation, id, access.caller, expectedVersion);
      representation.end(endedOn, dayOf(this.clock.now()));
      await work.save(representation, representation.ended(endedOn));
      await this.contacts.followGuardian(work, representation.personId);
      return this.logged(work, representation, access);
    });
  }

  private async logged(
    work: Work,
    { id, version, personId, representativeId }: Representation,
    access: Access,
  ): Promise<Changed> {
    const touched = [personId, representativeId].map(
      (whose) => ({ act: 'WRITE', personId: whose, fieldGroups: ['REPRESENTATION'], caseRef: id }) as const,
    );
    await this.personalData.recordAll(work, access, touched);
    return { id, version };
  }
}
