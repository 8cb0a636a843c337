import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { assertCentre } from '../access/centre-only';
import { keepAct } from '../access/keep-act';
import { loadOwn } from '../access/load-own';
import { Finding } from './finding';
import type { ReopenFinding } from './inspections.dto';

/** Findings a transaction. */
const batch = 50;

@Injectable()
export class FindingCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  reportRemedy(id: string, expectedVersion: number, remedy: string, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const finding = await loadOwn(work, Finding, id, caller, expectedVersion);
      const told = finding.reportRemedy(remedy, this.today);
      const act = { providerId: finding.providerId, act: 'REPORT_REMEDY', subjectId: id };
      keepAct(work, caller, this.clock, act);
      await work.save(finding, told);
      return { id, version: finding.version };
    });
  }

  confirm(id: string, expectedVersion: number, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.change(Finding, id, expectedVersion, (finding) => finding.confirm(caller.sub, this.today));
  }

  reopen(id: string, expectedVersion: number, body: ReopenFinding, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    const { reasonCode, dueOn } = body;
    return this.work.change(Finding, id, expectedVersion, (finding) =>
      finding.reopen(reasonCode, dueOn, caller.sub, this.today),
    );
  }

  /** Tells what is overdue; answers whether there may be more. Replicas pass over each other's findings. */
  tellOverdue(): Promise<boolean> {
    return this.work.run(async ({ query, load, save }) => {
      const due = await query<{ id: string }>(toTell, [this.today, batch]);
      for (const { id } of due) {
        const finding = await load(Finding, id);
        const told = finding.tellOverdue(this.today);
        if (told) await save(finding, told);
      }
      return due.length === batch;
    });
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}

// Index `finding_to_tell`.
const toTell = `
  select id from finding where state in ('OPEN', 'REOPENED') and not overdue_told and due_on < $1::date
  order by due_on, id limit $2 for update skip locked`;
