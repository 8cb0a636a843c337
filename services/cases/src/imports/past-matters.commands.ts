import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { type Access, PersonalData } from '../access/personal-data';
import { livingPerson } from '../persons/standing';
import { DayInTheFuture } from '../plans/plan-errors';
import type { ImportedFrom } from './data-import';
import { RowRefused } from './import-errors';
import { PastMatter, type PastWords } from './past-matter';
import type { RecordPastMatter } from './past-matters.dto';

@Injectable()
export class PastMatterCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  record({ personId, ...words }: RecordPastMatter, importedFrom: ImportedFrom, access: Access): Promise<string> {
    if (words.to < words.from) throw new RowRefused('period-reversed', 'to');
    if (words.to > dayOf(this.clock.now())) throw new DayInTheFuture();
    return this.work.run(async (work) => {
      const { unit } = await livingPerson(work, personId, access);
      const id = uuidv7();
      const row = await this.personalData.row(work, personId, 'past_matter', id);
      const matter = PastMatter.record(id, unit, personId, importedFrom, row.sealJson('words', words as PastWords));
      await work.save(matter, matter.recorded());
      await this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['HISTORY'], caseRef: id });
      return id;
    });
  }
}
