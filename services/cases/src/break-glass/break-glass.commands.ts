import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { maySee, unitOf } from '../access/visibility';
import { identifierOf } from '../persons/identifier';
import { Seals } from '../persons/seals';
import { BreakGlass, VisibleAnyway } from './break-glass';
import type { BreakGlassOpened, OpenBreakGlass, ReviewBreakGlass } from './break-glass.dto';

@Injectable()
export class BreakGlassCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    private readonly seals: Seals,
  ) {}

  open({ personId: named, pesel, reason }: OpenBreakGlass, access: Access): Promise<BreakGlassOpened> {
    const { caller } = access;
    const index = pesel === undefined ? null : this.seals.indexOf(identifierOf({ kind: 'PESEL', value: pesel }));
    return this.work.run(async (work) => {
      const [person] = await work.query<{ id: string; unit: string }>(find, [index, index ? null : named]);
      if (!person) throw new NotFound('person');
      if (maySee(caller, person)) throw new VisibleAnyway();
      const [id, personId] = [uuidv7(), person.id];
      const row = await this.personalData.row(work, personId, 'break_glass', id);
      const who = { account: caller.sub, accountUnit: unitOf(caller) };
      const opening = { ...who, personId, unit: person.unit, reason: row.seal('reason', reason) };
      const opened = BreakGlass.open(id, opening, this.clock.now());
      await work.save(opened, opened.opened());
      await this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['BREAK_GLASS'], caseRef: id });
      return { id, version: opened.version, personId, until: opened.until.toISOString() };
    });
  }

  review(id: string, version: number, { finding, note }: ReviewBreakGlass, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const opened = await loadVisible(work, BreakGlass, id, access.caller, version);
      const { personId } = opened;
      const row = await this.personalData.row(work, personId, 'break_glass', id);
      await work.save(opened, opened.review(finding, row.seal('note', note), access.caller.sub, this.clock.now()));
      await this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['BREAK_GLASS'], caseRef: id });
      return { id, version: opened.version };
    });
  }
}

/** Of records that were merged, the one that goes on. */
const find = `
  select s.id, s.unit from person p join person s on s.id = coalesce(p.merged_into, p.id)
  where p.identifier_index = $1 or p.id = $2::uuid limit 1`;
