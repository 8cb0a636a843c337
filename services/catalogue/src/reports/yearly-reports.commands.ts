import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { termsOn } from '../terms/statutory-terms';
import { countYear } from './year-counts';
import { type YearFigures, yearFigures } from './year-figures';
import { type YearlyAdditions, YearlyReport, YearlyReportExists } from './yearly-report';

@Injectable()
export class YearlyReportCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async generate(terc: string, year: number): Promise<Changed> {
    try {
      return await this.work.run(async (work) => {
        const figures = await this.figures(work, terc, year);
        const report = YearlyReport.generate(uuidv7(), terc, year, figures, dayOf(this.clock.now()));
        await work.save(report, report.generated());
        return { id: report.id, version: report.version };
      });
    } catch (error) {
      throw isUniqueViolation(error, 'yearly_report_once') ? new YearlyReportExists() : error;
    }
  }

  generateAgain(id: string, expectedVersion: number): Promise<Changed> {
    return this.work.run(async (work) => {
      const report = await work.load(YearlyReport, id, expectedVersion);
      await work.save(report, report.generateAgain(await this.figures(work, report.terc, report.year)));
      return { id: report.id, version: report.version };
    });
  }

  approve(id: string, expectedVersion: number, additions: YearlyAdditions): Promise<Changed> {
    return this.work.run(async ({ load, save }) => {
      const report = await load(YearlyReport, id, expectedVersion);
      await save(report, report.approve(additions, dayOf(this.clock.now())));
      return { id: report.id, version: report.version };
    });
  }

  private async figures({ query }: Work, terc: string, year: number): Promise<YearFigures> {
    const now = this.clock.now();
    return yearFigures(await countYear(query, terc, year), termsOn(dayOf(now)).smallestFigure, now);
  }
}
