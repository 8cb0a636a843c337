import { Injectable } from '@nestjs/common';
import { type Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { DataSource } from 'typeorm';
import { Conditions } from '../conditions';
import { isStaff } from '../staff';
import type { Edition, FormerEdition, ProgrammeActs } from './programme';
import { type Closing, closingDueOn, closingNotices } from './programme-closing';
import { conflictsBetween } from './programme-conflicts';
import type { ProgrammeContent } from './programme-content';
import type { EditionList, EditionView, ListProgrammes, ProgrammeConflictList, ProgrammeView } from './programmes.dto';

export interface Row extends Pick<ProgrammeView, 'id' | 'version' | 'programmeVersion' | 'state'> {
  content: ProgrammeContent;
  acts: ProgrammeActs;
  amendment: Edition | null;
  former: readonly FormerEdition[];
}

export const columns = 'id, version, programme_version as "programmeVersion", state, content, acts, amendment, former';

@Injectable()
export class ProgrammeQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async get(id: string, caller: Principal | undefined): Promise<ProgrammeView> {
    return view(await this.row(id, caller), caller);
  }

  async editions(id: string, caller: Principal | undefined): Promise<EditionList> {
    const { former, amendment, ...current } = await this.row(id, caller);
    const seen = (state: string): boolean => isStaff(caller) || !unpublished.includes(state);
    const items = [...former, current, ...(amendment ? [amendment] : [])]
      .filter(({ state }) => seen(state))
      .sort((a, b) => a.programmeVersion - b.programmeVersion)
      .map(({ programmeVersion, state, content, acts }) => ({ ...content, ...shown(acts), programmeVersion, state }));
    return { items: items as EditionView[] };
  }

  async conflicts(id: string, caller: Principal | undefined): Promise<ProgrammeConflictList> {
    const { content } = await this.row(id, caller);
    const others = await this.dataSource.query<{ id: string; content: ProgrammeContent }[]>(
      `select id, content from programme
       where id <> $1 and state not in ('ENDED', 'REPORTED') and left(content->>'terc', 6) = left($2, 6)
         and content->>'validFrom' <= $4 and content->>'validTo' >= $3
       order by id`,
      [id, content.terc, content.validFrom, content.validTo],
    );
    const items = others.flatMap((other) =>
      conflictsBetween(content, other.content).map((conflict) => ({ programmeId: other.id, ...conflict })),
    );
    return { items };
  }

  /** Programmes for which the calendar asks something. */
  async due(): Promise<string[]> {
    const today = dayOf(this.clock.now());
    const rows = await this.dataSource.query<{ id: string; endedOn: Day | null; closing: Closing | null }[]>(
      `select id, acts->>'endedOn' as "endedOn", acts->'closing' as closing from programme
       where (state = 'IN_FORCE' and content->>'validTo' < $1)
          or (state = 'PUBLISHED_IN_JOURNAL' and greatest(content->>'validFrom',
            coalesce(acts->'journalPublication'->>'inForceFrom', acts->'journalPublication'->>'publishedOn')) <= $1)
          or (amendment->>'state' = 'PUBLISHED_IN_JOURNAL' and amendment->'acts'->'journalPublication'->>'inForceFrom' <= $1)
          or (state = 'ENDED' and acts->'closing'->'missedOn' is null)
       order by id`,
      [today],
    );
    return rows
      .filter(({ endedOn, closing }) => endedOn === null || closingNotices(endedOn, closing ?? {}, today).length > 0)
      .map(({ id }) => id);
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
    return pageOf(
      rows.map((row) => view(row, caller)),
      limit,
      ({ id }) => [id],
    );
  }

  private async row(id: string, caller: Principal | undefined): Promise<Row> {
    const where = visibleTo(caller).and((value) => `id = ${value}`, id);
    const [row] = await this.dataSource.query<Row[]>(
      `select ${columns} from programme where ${where.sql}`,
      where.values,
    );
    if (!row) throw new NotFound('programme');
    return row;
  }
}

/** The one answer to "who may see which programmes": what the council has not adopted is the centre's own draft. */
export const visibleTo = (caller: Principal | undefined): Conditions =>
  new Conditions(isStaff(caller) ? 'true' : `state not in ('DRAFT', 'CONSULTED')`);
const unpublished: readonly string[] = ['DRAFT', 'CONSULTED', 'WITHDRAWN'];

/** The acts as they are told: of the closing information its term, and when it came. */
function shown({ closing, ...acts }: ProgrammeActs): object {
  const { endedOn } = acts;
  if (endedOn === undefined) return acts;
  const publishedOn = closing?.publishedOn;
  return {
    ...acts,
    closingInformation: { dueOn: closingDueOn(endedOn), ...(publishedOn === undefined ? {} : { publishedOn }) },
  };
}

export function view(
  { content, acts, amendment, former: _, ...row }: Row,
  caller: Principal | undefined,
): ProgrammeView {
  const isShown = amendment && (isStaff(caller) || !unpublished.includes(amendment.state));
  return {
    ...row,
    ...content,
    ...shown(acts),
    ...(isShown ? { amendment: amendment.programmeVersion } : {}),
  } as ProgrammeView;
}
