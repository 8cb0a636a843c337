import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { Clock } from '@okienko/messaging/clock';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { Application } from '../applications/application';
import { startPlanDraftClock } from '../plans/plan-clocks';
import { assertInScope } from '../programmes/data-scopes';
import { dataScopeOf } from '../programmes/data-scopes.commands';
import { NeedsRecognition, RecognitionExists, type Sections } from './needs-recognition';
import type { ScheduleNeedsRecognition } from './needs-recognitions.dto';

@Injectable()
export class NeedsRecognitionCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  async schedule({ applicationId, scheduledFor, place }: ScheduleNeedsRecognition, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    try {
      return await this.work.run(async (work) => {
        const application = await loadVisible(work, Application, applicationId, access.caller);
        const recognition = NeedsRecognition.schedule(uuidv7(), application, new Date(scheduledFor), place);
        await work.save(recognition, recognition.scheduled());
        startPlanDraftClock(work, application, access.caller.sub);
        const { id, version, personId } = recognition;
        await this.personalData.record(work, 'WRITE', access, {
          personId,
          fieldGroups: ['APPLICATION'],
          caseRef: applicationId,
        });
        return { id, version };
      });
    } catch (error) {
      throw isUniqueViolation(error, 'one_recognition_per_application') ? new RecognitionExists() : error;
    }
  }

  record(id: string, expectedVersion: number, sections: Sections, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const recognition = await loadVisible(work, NeedsRecognition, id, access.caller, expectedVersion);
      const { personId, applicationId } = recognition;
      const { categories = [] } = sections;
      if (categories.length > 0) assertInScope(categories, await dataScopeOf(work, applicationId));
      const row = await this.personalData.row(work, personId, 'needs_recognition', id);
      recognition.record(row.sealJson('sections', { ...sections }), access.caller.sub, this.clock.now());
      await work.save(recognition, recognition.recorded());
      await this.personalData.record(work, 'WRITE', access, {
        personId,
        fieldGroups: ['NEEDS'],
        caseRef: applicationId,
      });
      return { id, version: recognition.version };
    });
  }
}
