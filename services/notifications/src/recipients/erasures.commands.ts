import { Injectable } from '@nestjs/common';
import type { PersonErasedV1 } from '@okienko/contracts/cases/person-erased.v1';
import { Clock } from '@okienko/messaging/clock';
import type { Work } from '@okienko/messaging/unit-of-work';
import { recordAccess } from '@okienko/privacy/access-log';
import { Consent } from '../consents/consent';
import { settleNotices } from '../inbox/settle-notices';
import { StopCommands } from '../messages/stops.commands';
import { Task } from '../tasks/task';
import { erase } from './erase';
import { RecipientQueries } from './recipients.queries';

const itself = 'urn:okienko:notifications';

/** Whoever was erased in `cases` is erased here: nothing more is sent, asked or kept, and what was said cannot be read. */
@Injectable()
export class ErasureCommands {
  constructor(
    private readonly clock: Clock,
    private readonly recipients: RecipientQueries,
    private readonly stops: StopCommands,
  ) {}

  /** Contact details that come later, in whatever order, find a destroyed key and are passed over. */
  async erase(work: Work, personId: string, { erasedAt, basis }: PersonErasedV1): Promise<void> {
    if (!(await this.recipients.keyOf(work, personId))) return;
    await this.stops.erase(work, personId);
    await this.endConsents(work, personId);
    await this.closeTasks(work, personId);
    await erase(work, [{ personId, erasedAt: new Date(erasedAt), basis }]);
    await recordAccess(work, {
      at: this.clock.now(),
      actor: itself,
      role: 'service',
      act: 'WRITE',
      personId,
      fieldGroups: ['erasure'],
      purpose: 'ERASURE',
    });
  }

  private async endConsents(work: Work, personId: string): Promise<void> {
    const text = 'select id from consent where person_id = $1 and ended_at is null order by id';
    for (const { id } of await work.query<{ id: string }>(text, [personId])) {
      const consent = await work.load(Consent, id);
      consent.end(itself, this.clock.now());
      await work.save(consent, consent.ended());
    }
  }

  private async closeTasks(work: Work, personId: string): Promise<void> {
    const now = this.clock.now();
    const text = `select id from task where person_id = $1 and state = 'OPEN' order by id`;
    for (const { id } of await work.query<{ id: string }>(text, [personId])) {
      const task = await work.load(Task, id);
      await work.save(task, task.complete('NOT_REACHED', itself, now));
      await settleNotices(work, id, itself, now);
    }
  }
}
