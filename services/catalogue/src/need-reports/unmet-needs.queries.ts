import { Injectable } from '@nestjs/common';
import { RequestProblem } from '@okienko/chassis/problem';
import { dayOf } from '@okienko/contracts/calendar';
import { publishable } from '@okienko/contracts/publishable';
import { Clock } from '@okienko/messaging/clock';
import { DataSource } from 'typeorm';
import { areaSlugs } from '../areas/areas';
import { termsOn } from '../terms/statutory-terms';
import { daysOf, quarterBefore } from './quarter';
import type { AskForUnmetNeeds, UnmetNeeds } from './unmet-needs.dto';

interface Row {
  readonly terc: string;
  /** Reports by area; an area without one is missing. */
  readonly counts: Readonly<Record<string, number>>;
}

@Injectable()
export class UnmetNeedQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** What is asked for narrows what is shown of the figures, never what they are made of: else the answers could be compared. */
  async find({ quarter, terc, area }: AskForUnmetNeeds): Promise<UnmetNeeds> {
    const over = quarterBefore(dayOf(this.clock.now()));
    const asked = quarter ?? over;
    if (asked > over)
      throw new RequestProblem(400, 'quarter-not-over', `The last quarter that is over is ${over}. Ask for that one.`);
    const { from, to } = daysOf(asked);
    const { smallestFigure } = termsOn(to);
    const items = (await this.counted(from, to)).flatMap(({ terc: gmina, counts }) => {
      const all = areaSlugs.map((slug) => ({ area: slug, count: counts[slug] ?? 0 }));
      const figures = publishable(all, smallestFigure);
      if (!figures || (terc !== undefined && terc !== gmina)) return [];
      const areas = figures.told.filter((figure) => area === undefined || figure.area === area);
      return [{ terc: gmina, total: figures.total, areas }];
    });
    return { quarter: asked, smallestFigure, items };
  }

  /** Only what had happened by the last day counts, so that figures once published cannot be compared with later ones. */
  private counted(from: string, to: string): Promise<Row[]> {
    return this.dataSource.query<Row[]>(
      `select terc, jsonb_object_agg(area, count) as counts from (
         select terc, acts->>'area' as area, count(*)::int as count from need_report
         where acts->>'acknowledgedOn' between $1 and $2
           and not (state = 'DISMISSED' and acts->>'settledOn' <= $2)
         group by terc, area
       ) by_area group by terc order by terc`,
      [from, to],
    );
  }
}
