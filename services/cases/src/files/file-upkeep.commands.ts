import { Injectable } from '@nestjs/common';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction } from '@okienko/messaging/transaction';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { PersonalData } from '../access/personal-data';
import { AttachedFile } from './attached-file';
import { FileScan } from './file-scan';
import { letGo } from './loose-objects';
import { ObjectStore } from './object-store';

/** What nobody asks for: scanning what waited for the scanner, destroying what no file stands for. */
@Injectable()
export class FileUpkeepCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    private readonly store: ObjectStore,
    private readonly scanner: FileScan,
  ) {}

  /** Whether there was one. Throws when the scanner cannot tell. */
  async scanNext(): Promise<boolean> {
    const waiting = await this.nextWaiting();
    if (!waiting) return false;
    const { id, content } = waiting;
    const verdict = await this.scanner.verdictOn(content);
    if (verdict === 'UNSCANNED') throw new Error('files wait for a scanner, and none is set up');
    await this.work.run(async (work) => {
      const file = await work.load(AttachedFile, id);
      if (file.standing.state !== 'AWAITING_SCAN') return;
      file.judge(verdict);
      if (verdict === 'INFECTED') letGo(work, id, this.clock.now());
      await work.save(file, file.scanned(verdict));
    });
    return true;
  }

  /** Whether there was one. Of several replicas one takes it. */
  sweepNext(): Promise<boolean> {
    return inTransaction(this.work.dataSource, async (transaction) => {
      const [loose] = await transaction.query<{ key: string }>(
        'select key from loose_object where sweep_at <= $1 order by sweep_at limit 1 for update skip locked',
        [this.clock.now()],
      );
      if (!loose) return false;
      await this.store.remove(loose.key);
      await transaction.query('delete from loose_object where key = $1', [loose.key]);
      return true;
    });
  }

  /** No person reads it here, so the access log has nothing to say. What was erased waits for nothing any more. */
  private async nextWaiting(): Promise<{ id: string; content: Buffer } | undefined> {
    const found = await inTransaction(this.work.dataSource, async (transaction) => {
      const [file] = await transaction.query<{ id: string; personId: string }>(
        `select id, person_id as "personId" from attached_file f where state = 'AWAITING_SCAN'
         and exists (select 1 from person_key k where k.person_id = f.person_id and k.wrapped is not null) order by id limit 1`,
      );
      return (
        file && { id: file.id, row: await this.personalData.row(transaction, file.personId, 'attached_file', file.id) }
      );
    });
    return found && { id: found.id, content: found.row.openBytes('content', await this.store.get(found.id)) };
  }
}
