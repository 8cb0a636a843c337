import { Injectable } from '@nestjs/common';
import { has, type Principal } from '@okienko/chassis/access';
import { cursorValues, defaultLimit, pageOf } from '@okienko/chassis/page';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { DataSource } from 'typeorm';
import { given } from '../access/conditions';
import { unitOf, visibleTo } from '../access/visibility';
import { bucketOf } from './bucket';
import { worklistStatement } from './worklist-statement';
import type { AskForWorklist, Worklist, WorklistCounts, WorklistItem } from './worklist.dto';

interface Found {
  readonly counts: WorklistCounts;
  readonly items: Omit<WorklistItem, 'bucket'>[];
}

/** Ids, codes and days; who the persons are is another question, and that one is logged. */
@Injectable()
export class WorklistQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async find(
    { assignee, unit, bucket, after, limit = defaultLimit }: AskForWorklist,
    caller: Principal,
  ): Promise<Worklist> {
    const today = dayOf(this.clock.now());
    const ofUnit = unit !== undefined || has(caller, 'services-organiser', 'director', 'auditor');
    const whose = [
      ...given('unit = ?', unit ?? unitOf(caller)),
      ...visibleTo(caller, null),
      ...given('assignee = ?', assignee ?? (ofUnit ? undefined : caller.sub)),
    ];
    const { text, values } = worklistStatement(whose, today, limit + 1, bucket, cursorValues(after, ['day', 'uuid']));
    const [found] = await this.dataSource.query<[Found]>(text, values);
    const items = found.items.map((item) => ({ ...item, bucket: bucketOf(item, today) }));
    return { counts: found.counts, ...pageOf(items, limit, ({ dueOn, id }) => [dueOn, id]) };
  }
}
