import { Injectable } from '@nestjs/common';
import { has, type Principal } from '@okienko/chassis/access';
import { cursorOf, cursorValues, defaultLimit } from '@okienko/chassis/page';
import { Written } from '@okienko/chassis/written';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { DataSource } from 'typeorm';
import { given } from '../access/conditions';
import { unitOf, visibleTo } from '../access/visibility';
import { worklistStatement, type WrittenWorklist } from './worklist-statement';
import type { AskForWorklist, Worklist } from './worklist.dto';

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
  ): Promise<Written<Worklist>> {
    const ofUnit = unit !== undefined || has(caller, 'services-organiser', 'director', 'auditor');
    const whose = [
      ...given('unit = ?', unit ?? unitOf(caller)),
      ...visibleTo(caller, null),
      ...given('assignee = ?', assignee ?? (ofUnit ? undefined : caller.sub)),
    ];
    const place = cursorValues(after, ['day', 'uuid']);
    const { text, values } = worklistStatement(whose, dayOf(this.clock.now()), limit, bucket, place);
    const [{ counts, items, lastDue, lastId }] = await this.dataSource.query<[WrittenWorklist]>(text, values);
    const next = lastDue === null || lastId === null ? undefined : cursorOf(lastDue, lastId);
    const end = next === undefined ? '' : `,"next":"${next}"`;
    return new Written(`{"counts":${counts},"items":[${items}]${end}}`, next);
  }
}
