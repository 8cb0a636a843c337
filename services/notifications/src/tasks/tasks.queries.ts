import { Injectable } from '@nestjs/common';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { DataSource } from 'typeorm';
import type { ListTasks, TaskView } from './tasks.dto';

const columns = `id, version, kind, cause_id as "causeId", person_id as "personId", template, message_id as "messageId", state, opened_at as "openedAt",
  due_on::text as "dueOn", tries, is_with_organiser as "isWithOrganiser", outcome, completed_by as "completedBy", completed_at as "completedAt"`;

@Injectable()
export class TaskQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The oldest first: who has waited longest is called first. */
  async list({ personId, state, limit = defaultLimit, after }: ListTasks): Promise<Page<TaskView>> {
    const cursor = cursorId(after);
    const rows = await this.dataSource.query<TaskView[]>(
      `select ${columns} from task
       where ($1::uuid is null or person_id = $1) and ($2::text is null or state = $2) and ($3::uuid is null or id > $3)
       order by id limit $4`,
      [personId ?? null, state ?? null, cursor ?? null, limit + 1],
    );
    return pageOf(rows, limit, ({ id }) => [id]);
  }
}
