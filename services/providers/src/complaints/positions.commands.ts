import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound, StaleVersion } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { keepAct } from '../access/keep-act';
import { loadOwn } from '../access/load-own';
import { type Access, PersonalData } from '../access/personal-data';
import { Complaint } from './complaint';

@Injectable()
export class PositionCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  /** A complaint on which nobody has asked the provider does not exist for it. */
  give(id: string, expectedVersion: number, words: string, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const complaint = await loadOwn(work, Complaint, id, access.caller);
      if (complaint.positionCode === null) throw new NotFound('complaint');
      const { providerId, version } = complaint;
      if (version !== expectedVersion) throw new StaleVersion(expectedVersion, version);
      const row = await this.personalData.row(work, 'complaint', id);
      const told = complaint.givePosition(row.seal('position_words', words), dayOf(this.clock.now()));
      keepAct(work, access.caller, this.clock, { providerId, act: 'GIVE_POSITION', subjectId: id });
      await work.save(complaint, told);
      await this.personalData.record(work, 'WRITE', access, ['COMPLAINT'], [id]);
      return { id, version: complaint.version };
    });
  }
}
