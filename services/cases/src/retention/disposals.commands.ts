import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { unitOf } from '../access/visibility';
import { Disposal } from './disposal';
import { type Standing, standingOf } from './file-standing';
import { filesOf, maybeDue } from './person-files';

type Due = Standing & { readonly state: 'DUE' } & { readonly personId: string };

/** As many persons are looked at in one go. */
const batch = 100;
const usual = 500;
const firstId = '00000000-0000-0000-0000-000000000000';

@Injectable()
export class DisposalCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  /** Of two proposals at the same time the second waits: a file is on one list. */
  propose(files: number | undefined, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      await work.query(`select pg_advisory_xact_lock(hashtextextended('disposal ' || current_schema(), 0))`);
      const due = await this.due(work, files ?? usual);
      const { caller } = access;
      const disposal = Disposal.propose(uuidv7(), unitOf(caller), due.length, caller.sub, this.today);
      await work.save(disposal, disposal.proposed());
      await work.query(listed, [
        disposal.id,
        due.map(({ personId }) => personId),
        due.map(({ category }) => category),
        due.map(({ closedOn }) => closedOn),
        due.map((file) => file.keptUntil),
      ]);
      const touched = due.map(({ personId }) => ({ act: 'READ', personId, fieldGroups: ['RETENTION'] }) as const);
      await this.personalData.recordAll(work, access, touched);
      return { id: disposal.id, version: disposal.version };
    });
  }

  approve(id: string, version: number, archiveConsent: string, caller: Principal): Promise<Changed> {
    return this.decide(id, version, caller, (disposal) => disposal.approve(archiveConsent, caller.sub, this.today));
  }

  reject(id: string, version: number, reasonCode: string, caller: Principal): Promise<Changed> {
    return this.decide(id, version, caller, (disposal) => disposal.reject(reasonCode, caller.sub, this.today));
  }

  private decide(
    id: string,
    version: number,
    caller: Principal,
    act: (disposal: Disposal) => Parameters<Work['save']>[1],
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const disposal = await loadVisible(work, Disposal, id, caller, version);
      await work.save(disposal, act(disposal));
      return { id, version: disposal.version };
    });
  }

  private async due(work: Work, most: number): Promise<Due[]> {
    const due: Due[] = [];
    let after = firstId;
    for (;;) {
      const asked = await maybeDue(work, this.today, after, batch);
      for (const file of await filesOf(work, asked, this.today)) {
        const standing = standingOf(file, this.today);
        if (standing.state === 'DUE') due.push({ personId: file.personId, ...standing, state: 'DUE' });
        if (due.length === most) return due;
      }
      const last = asked.at(-1);
      if (last === undefined || asked.length < batch) return due;
      after = last;
    }
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}

const listed = `
  insert into disposal_file (disposal_id, number, person_id, category, closed_on, kept_until)
  select $1, number, person_id, category, closed_on, kept_until
  from unnest($2::uuid[], $3::text[], $4::date[], $5::date[])
    with ordinality as file (person_id, category, closed_on, kept_until, number)`;
