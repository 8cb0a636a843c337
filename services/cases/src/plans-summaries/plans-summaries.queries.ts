import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { visibleTo } from '../access/visibility';
import { type CaseLoad, isInside } from '../case-load/case-load';
import { figuresOf } from '../case-load/case-load-figures';
import { daysOf } from '../case-load/period';
import { termsOn } from '../terms/statutory-terms';
import type { ListPlansSummaries, PlansSummaryItem, PlansSummaryView } from './plans-summaries.dto';

@Injectable()
export class PlansSummaryQueries {
  constructor(private readonly dataSource: DataSource) {}

  async get(id: string, caller: Principal): Promise<PlansSummaryView> {
    const { sql, values } = where(...given('id = ?', id), ...visibleTo(caller, null));
    const [found] = await this.dataSource.query<(PlansSummaryItem & { figures: CaseLoad })[]>(
      `select ${item}, figures from plans_summary ${sql}`,
      values,
    );
    if (!found) throw new NotFound('plans summary');
    const { from, to } = daysOf(found.halfYear);
    const smallest = isInside(caller, found.unit) ? undefined : termsOn(to).smallestFigure;
    return { ...found, from, to, figures: figuresOf(found.figures, smallest) };
  }

  async list(
    { unit, after, limit = defaultLimit }: ListPlansSummaries,
    caller: Principal,
  ): Promise<Page<PlansSummaryItem>> {
    const { sql, values } = where(
      ...given('unit = ?', unit),
      ...given('id > ?', cursorId(after)),
      ...visibleTo(caller, null),
    );
    const text = `select ${item} from plans_summary ${sql} order by id limit $${values.length + 1}`;
    const rows = await this.dataSource.query<PlansSummaryItem[]>(text, [...values, limit + 1]);
    return pageOf(rows, limit, (row) => [row.id]);
  }
}

const item = `id, version, unit, half_year as "halfYear", generated_by as "generatedBy", generated_at as "generatedAt"`;
