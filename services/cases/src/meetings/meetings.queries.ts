import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { visibleTo } from '../access/visibility';
import type { ListMeetings, MeetingView } from './meetings.dto';

@Injectable()
export class MeetingQueries {
  constructor(private readonly dataSource: DataSource) {}

  async get(id: string, caller: Principal): Promise<MeetingView> {
    const { sql, values } = where(...given('id = ?', id), ...visibleTo(caller, null));
    const [view] = await this.dataSource.query<MeetingView[]>(`${select} ${sql}`, values);
    if (!view) throw new NotFound('meeting');
    return view;
  }

  async list({ unit, after, limit = defaultLimit }: ListMeetings, caller: Principal): Promise<Page<MeetingView>> {
    const { sql, values } = where(
      ...given('unit = ?', unit),
      ...given('id > ?', cursorId(after)),
      ...visibleTo(caller, null),
    );
    const text = `${select} ${sql} order by id limit $${values.length + 1}`;
    return pageOf(await this.dataSource.query<MeetingView[]>(text, [...values, limit + 1]), limit, (row) => [row.id]);
  }
}

const select = `
  select id, version, unit, held_on as "heldOn", coordinators, provider_ids as "providerIds", recorded_by as "recordedBy"
  from meeting`;
