import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { Project, ProjectExists, type ProjectTerms } from './project';
import type { RecordProject, ReviseProject } from './projects.dto';

@Injectable()
export class ProjectCommands {
  constructor(private readonly work: UnitOfWork) {}

  async record(command: RecordProject): Promise<Changed> {
    try {
      return await this.work.run(async (work) => {
        const project = Project.record(uuidv7(), command.code, command.fund, termsOf(command));
        await work.save(project, project.recorded());
        return { id: project.id, version: project.version };
      });
    } catch (error) {
      throw isUniqueViolation(error, 'project_code_is_unique') ? new ProjectExists() : error;
    }
  }

  revise(id: string, expectedVersion: number, command: ReviseProject): Promise<Changed> {
    return this.work.change(Project, id, expectedVersion, (project) => {
      project.revise(termsOf(command));
      return project.revised();
    });
  }
}

const termsOf = ({ name, validFrom, validTo, indicators }: ReviseProject): ProjectTerms => ({
  name,
  validFrom,
  validTo,
  indicators: indicators.map((indicator) => ({ ...indicator, validTo: indicator.validTo ?? null })),
});
