import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { where } from '../access/conditions';
import { loadVisible, lookAtVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { unitOf, visibleTo } from '../access/visibility';
import { meetDeadline } from '../deadlines/deadlines';
import { livingPerson, ofPerson } from '../persons/standing';
import { answersTo } from '../projects/indicator';
import { Project } from '../projects/project';
import { AlreadyParticipates } from './participation-errors';
import { endParticipation } from './participation-ending';
import { columns, ProjectParticipation, type TerminationReason } from './project-participation';
import type { RecordIndicators, StartParticipation } from './project-participations.dto';

@Injectable()
export class ProjectParticipationCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  async start(command: StartParticipation, access: Access): Promise<Changed> {
    try {
      return await this.work.run((work) => this.startIn(work, command, access));
    } catch (error) {
      throw isUniqueViolation(error, 'one_participation_in_a_project') ? new AlreadyParticipates() : error;
    }
  }

  terminate(
    id: string,
    expectedVersion: number,
    on: Day,
    reasonCode: TerminationReason,
    access: Access,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const project = await projectOf(work, id, access);
      const participation = await loadVisible(work, ProjectParticipation, id, access.caller, expectedVersion);
      await endParticipation(work, participation, project, { on, reasonCode, today: dayOf(this.clock.now()) });
      return this.logged(work, participation, access);
    });
  }

  record(id: string, expectedVersion: number, command: RecordIndicators, access: Access): Promise<Changed> {
    const { moment, indicators } = command;
    return this.work.run(async (work) => {
      const project = await projectOf(work, id, access);
      const participation = await loadVisible(work, ProjectParticipation, id, access.caller, expectedVersion);
      const answers = answersTo(project.asks(moment, participation.dayOf(moment)), indicators);
      const row = await this.personalData.row(work, participation.personId, 'project_participation', id);
      participation.record(moment, row.sealJson(columns[moment], answers));
      await work.save(participation, participation.indicatorsRecorded(moment));
      if (moment === 'FOUR_WEEKS_AFTER') meetDeadline(work, 'LATER_INDICATORS', id);
      return this.logged(work, participation, access);
    });
  }

  private async startIn(work: Work, command: StartParticipation, access: Access): Promise<Changed> {
    const { projectId, personId, applicationId = null, declaredOn, statementVersion } = command;
    const project = await work.load(Project, projectId);
    const { terc } = await livingPerson(work, personId, access);
    await assertNotYetIn(work, projectId, personId);
    if (applicationId !== null) await assertTheirs(work, applicationId, personId, access);
    const answers = answersTo(project.asks('ENTRY', declaredOn), command.indicators);
    const id = uuidv7();
    const row = await this.personalData.row(work, personId, 'project_participation', id);
    const indicators = row.sealJson(columns.ENTRY, answers);
    const participation = ProjectParticipation.start(
      id,
      unitOf(access.caller),
      { projectId, personId, applicationId, terc, declaredOn, statementVersion, indicators },
      project,
      access.caller.sub,
      dayOf(this.clock.now()),
    );
    await work.save(participation, participation.started());
    return this.logged(work, participation, access);
  }

  private async logged(work: Work, { id, version, personId }: ProjectParticipation, access: Access): Promise<Changed> {
    const touched = { personId, fieldGroups: ['PROJECT_INDICATORS'], caseRef: id };
    await this.personalData.record(work, 'WRITE', access, touched);
    return { id, version };
  }
}

/** Projects are locked before those who take part in them. */
async function projectOf(work: Work, participationId: string, { caller }: Access): Promise<Project> {
  const select = 'select project_id as "projectId" from project_participation';
  const found = await lookAtVisible<{ projectId: string }>(work, select, participationId, caller);
  if (!found) throw new NotFound('project participation');
  return work.load(Project, found.projectId);
}

/** Under none of their records: the project's lock keeps a second one from slipping in. */
async function assertNotYetIn({ query }: Work, projectId: string, personId: string): Promise<void> {
  const { sql, values } = where({ sql: 'project_id = ?', values: [projectId] }, ...ofPerson('person_id', personId));
  const [found] = await query(`select id from project_participation ${sql} limit 1`, values);
  if (found) throw new AlreadyParticipates();
}

async function assertTheirs({ query }: Work, applicationId: string, personId: string, access: Access): Promise<void> {
  const isIt = { sql: 'id = ?', values: [applicationId] };
  const { sql, values } = where(isIt, ...ofPerson('person_id', personId), ...visibleTo(access.caller));
  const [found] = await query(`select id from application ${sql}`, values);
  if (!found) throw new NotFound('application');
}
