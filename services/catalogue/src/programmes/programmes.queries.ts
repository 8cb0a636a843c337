import { Injectable } from '@nestjs/common';
import { type Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { DataSource } from 'typeorm';
import { Conditions } from '../conditions';
import { isStaff } from '../staff';
import type { ProgrammeActs } from './programme';
import type { ProgrammeContent } from './programme-content';
import type { ListProgrammes, ProgrammeView } from './programmes.dto';

interface Row extends Pick<ProgrammeView, 'id' | 'version' | 'programmeVersion' | 'state'> {
  content: ProgrammeContent;
  acts: ProgrammeActs;
}

const columns = 'id, version, programme_version as "programmeVersion", state, content, acts';

@Injectable()
export class ProgrammeQueries {
  constructor(private readonly dataSource: DataSource) {}

  async get(id: string, caller: Principal | undefined): Promise<ProgrammeView> {
    const where = visibleTo(caller).and((value) => `id = ${value}`, id);
    const [row] = await this.dataSource.query<Row[]>(
      `select ${columns} from programme where ${where.sql}`,
      where.values,
    );
    if (!row) throw new NotFound('programme');
    return view(row);
  }

  async list(
    { terc, limit = defaultLimit, after }: ListProgrammes,
    caller: Principal | undefined,
  ): Promise<Page<ProgrammeView>> {
    const where = visibleTo(caller)
      .and((value) => `content->>'terc' = ${value}`, terc)
      .and((value) => `id > ${value}`, cursorId(after));
    const rows = await this.dataSource.query<Row[]>(
      `select ${columns} from programme where ${where.sql} order by id limit ${where.value(limit + 1)}`,
      where.values,
    );
    return pageOf(rows.map(view), limit, ({ id }) => [id]);
  }
}

/** The one answer to "who may see which programmes": what the council has not adopted is the centre's own draft. */
const visibleTo = (caller: Principal | undefined): Conditions =>
  new Conditions(isStaff(caller) ? 'true' : `state not in ('DRAFT', 'CONSULTED')`);

const view = ({ content, acts, ...row }: Row): ProgrammeView => ({ ...row, ...content, ...acts }) as ProgrammeView;
