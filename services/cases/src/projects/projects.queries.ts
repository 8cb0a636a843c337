import { Injectable } from '@nestjs/common';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { commonIndicators } from './common-indicators';
import type { Indicator } from './indicator';
import { statementsOn } from './participation-statements';
import type { AskedIndicator, ListProjects, ProjectSummary, ProjectView } from './projects.dto';

@Injectable()
export class ProjectQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async get(id: string): Promise<ProjectView> {
    const text = `select ${summary}, indicators from project where id = $1`;
    const [found] = await this.dataSource.query<(ProjectSummary & { indicators: Indicator[] })[]>(text, [id]);
    if (!found) throw new NotFound('project');
    const statements = statementsOn(dayOf(this.clock.now())).map(({ version, text }) => ({ version, text }));
    const indicators = [...marked(commonIndicators, true), ...marked(found.indicators, false)];
    return { ...found, indicators, statements };
  }

  async list({ after, limit = defaultLimit }: ListProjects): Promise<Page<ProjectSummary>> {
    const { sql, values } = where(...given('id > ?', cursorId(after)));
    const text = `select ${summary} from project ${sql} order by id limit $${values.length + 1}`;
    const rows = await this.dataSource.query<ProjectSummary[]>(text, [...values, limit + 1]);
    return pageOf(rows, limit, (row) => [row.id]);
  }
}

const summary = `id, version, code, fund, name, valid_from as "validFrom", valid_to as "validTo"`;

const marked = (indicators: readonly Indicator[], isCommon: boolean): AskedIndicator[] =>
  indicators.map((indicator) => ({
    ...indicator,
    options: [...indicator.options],
    askedAt: [...indicator.askedAt],
    isCommon,
  }));
