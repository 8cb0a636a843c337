import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Disposal, type FileOutcome } from './disposal';
import { ErasureCommands } from './erasures.commands';
import { standingOf } from './file-standing';
import { filesOf } from './person-files';

export interface ListedFile {
  readonly disposalId: string;
  readonly number: number;
}

const itself = { caller: { sub: 'urn:okienko:cases', roles: [] }, purpose: 'DISPOSAL' };
const keptBecause = { HELD: 'HELD', OPEN: 'NOT_YET_DUE', KEPT: 'NOT_YET_DUE' } as const;

/** Carries out what was approved. Each file is a transaction of its own, so a disposal that was interrupted goes on with the next. */
@Injectable()
export class DisposalRun {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly erasures: ErasureCommands,
  ) {}

  next(limit: number): Promise<ListedFile[]> {
    return this.work.dataSource.query<ListedFile[]>(
      `select f.disposal_id as "disposalId", f.number from disposal_file f join disposal d on d.id = f.disposal_id
       where d.state = 'APPROVED' and f.outcome is null order by f.disposal_id, f.number limit $1`,
      [limit],
    );
  }

  /** What was due when it was listed is asked again: a hold may have been placed since, or something begun. Another replica's file is left to it. */
  disposeOf({ disposalId, number }: ListedFile): Promise<void> {
    return this.work.run(async (work) => {
      const [taken] = await work.query<{ personId: string }>(
        `select person_id as "personId" from disposal_file
         where disposal_id = $1 and number = $2 and outcome is null for update skip locked`,
        [disposalId, number],
      );
      if (!taken) return;
      const { personId } = taken;
      const persons = await this.erasures.lock(work, personId);
      const outcome = await this.outcomeOf(work, personId);
      work.send('update disposal_file set outcome = $3, done_at = $4 where disposal_id = $1 and number = $2', [
        disposalId,
        number,
        outcome,
        this.clock.now(),
      ]);
      if (outcome === 'ERASED')
        await this.erasures.erase(work, persons, { basis: 'RETENTION_ENDED', disposalId }, itself);
    });
  }

  /** Whether there was one with nothing left to do. */
  concludeNext(): Promise<boolean> {
    return this.work.run(async (work) => {
      const [done] = await work.query<{ id: string }>(
        `select id from disposal d where state = 'APPROVED'
         and not exists (select from disposal_file f where f.disposal_id = d.id and f.outcome is null)
         limit 1 for update skip locked`,
      );
      if (!done) return false;
      const disposal = await work.load(Disposal, done.id);
      const [counted] = await work.query<{ erased: number }>(
        `select count(*)::int as erased from disposal_file where disposal_id = $1 and outcome = 'ERASED'`,
        [done.id],
      );
      await work.save(disposal, disposal.conclude(counted?.erased ?? 0, dayOf(this.clock.now())));
      return true;
    });
  }

  private async outcomeOf(work: Work, personId: string): Promise<FileOutcome> {
    const today = dayOf(this.clock.now());
    const [file = { personId, matters: [], isHeld: false }] = await filesOf(work, [personId], today);
    const { state } = standingOf(file, today);
    return state === 'DUE' ? 'ERASED' : keptBecause[state];
  }
}
