import { Injectable } from '@nestjs/common';
import type { ApplicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { Clock } from '@okienko/messaging/clock';
import type { Work } from '@okienko/messaging/unit-of-work';
import { EvidenceCommands } from '../evidence/evidence.commands';
import { RecipientQueries, recordsOf } from '../recipients/recipients.queries';
import type { Stop } from '../rules/rule';
import type { RuleBook } from '../rules/rule-book';
import { RuleQueries } from '../rules/rules.queries';
import { LetterCommands } from './letters.commands';
import { type Audience, type FailureReason, Message } from './message';
import type { Merge, Silence, Withdrawal } from './message-rules';

/** What is not out yet: a message, or news that wait for the day's digest. */
interface Pending {
  readonly id: string;
  readonly isMessage: boolean;
  /** It is about the person; else it is written to them in place of, or beside, somebody else. */
  readonly isOwn: boolean;
  readonly rule: string | null;
  readonly edition: number | null;
  readonly audience: Audience;
  readonly matters: readonly string[];
}

const pendingOf = `
  select id, true as "isMessage", person_id in (${recordsOf}) as "isOwn", rule, edition, audience,
    coalesce(part_of || to_jsonb(matter_id), part_of) as matters
  from message where (person_id in (${recordsOf}) or addressee_id in (${recordsOf})) and state in ('QUEUED', 'IN_HANDS')
  union all
  select id, false, person_id in (${recordsOf}), rule, edition, audience, part_of || to_jsonb(matter_id)
  from digest_item where (person_id in (${recordsOf}) or addressee_id in (${recordsOf})) and settled_at is null
  order by id`;

/** What ends messages that are not out yet: deaths, merged records, withdrawals. */
@Injectable()
export class StopCommands {
  constructor(
    private readonly clock: Clock,
    private readonly recipients: RecipientQueries,
    private readonly rules: RuleQueries,
    private readonly letters: LetterCommands,
    private readonly evidence: EvidenceCommands,
  ) {}

  async silence(work: Work, { personId, isLifted, isOfRecord }: Silence): Promise<void> {
    if (!(await this.recipients.keyOf(work, personId))) return;
    const [changed] = await work.query<{ isLifted: boolean }>(
      `insert into silenced_person (person_id, since, is_lifted) values ($1, $2, $3)
       on conflict (person_id) do update set since = excluded.since, is_lifted = excluded.is_lifted where $4
       returning is_lifted as "isLifted"`,
      [personId, this.clock.now(), isLifted, isOfRecord],
    );
    if (changed && !changed.isLifted) await this.mourn(work, personId);
  }

  /** From now on letters about the duplicate go where the survivor's go, and what waits for an address may have one. */
  async merge(work: Work, { duplicateId, survivorId }: Merge, sequence: number): Promise<void> {
    if (!(await this.recipients.keyOf(work, duplicateId))) return;
    const [changed] = await work.query(
      `insert into merged_record (person_id, survivor_id, sequence) values ($1, $2, $3)
       on conflict (person_id) do update set survivor_id = excluded.survivor_id, sequence = excluded.sequence
       where merged_record.sequence < excluded.sequence returning person_id`,
      [duplicateId, survivorId, sequence],
    );
    if (!changed || survivorId === null) return;
    await this.recipients.keyOf(work, survivorId);
    if (await this.isSilent(work, duplicateId)) await this.mourn(work, duplicateId);
    else await this.letters.addressWaiting(work, duplicateId);
  }

  /** The services of an application, which ends with the last of them. */
  noteServices(work: Work, applicationId: string, { items }: ApplicationSubmittedV1): void {
    work.send(
      `insert into matter (id, part_of) select $1::uuid, null union all select unnest($2::uuid[]), $1::uuid
       on conflict (id) do nothing`,
      [applicationId, items.map(({ itemId }) => itemId)],
    );
  }

  async withdraw(work: Work, { personId, matterId, applicationId }: Withdrawal): Promise<void> {
    if (!(await this.recipients.keyOf(work, personId))) return;
    await work.query(
      `insert into matter (id, part_of, is_withdrawn) values ($1, $2, true) on conflict (id) do update set is_withdrawn = true`,
      [matterId, applicationId ?? null],
    );
    const whole = await work.query<{ id: string }>(
      `update matter set is_withdrawn = true
       where id = $1 and not exists (select from matter where part_of = $1 and not is_withdrawn) returning id`,
      [applicationId ?? null],
    );
    const ended = [matterId, ...whole.map(({ id }) => id)];
    const book = await this.rules.bookFor(this.clock.now(), work);
    await this.stop(
      work,
      personId,
      'MATTER_WITHDRAWN',
      (pending) => pending.matters.some((matter) => ended.includes(matter)) && stopsOn(book, pending, 'WITHDRAWAL'),
    );
  }

  /** Whoever was erased is told nothing more; what would have gone to them instead of a ward has to be told to that one by staff. */
  async erase(work: Work, personId: string): Promise<void> {
    await this.stop(work, personId, 'RECIPIENT_ERASED', ({ isOwn, isMessage }) => isOwn || !isMessage);
    await this.stop(work, personId, 'NO_ADDRESS', ({ isOwn }) => !isOwn);
  }

  private async isSilent(work: Work, personId: string): Promise<boolean> {
    const found = await work.query(`select from silenced_person where person_id in (${recordsOf}) and not is_lifted`, [
      personId,
    ]);
    return found.length > 0;
  }

  /** What would have gone to them instead of a ward has to be told to that one by staff. */
  private async mourn(work: Work, personId: string): Promise<void> {
    const book = await this.rules.bookFor(this.clock.now(), work);
    await this.stop(work, personId, 'RECIPIENT_DIED', (pending) =>
      pending.isOwn ? stopsOn(book, pending, 'DEATH') : pending.audience !== 'PERSON',
    );
    await this.stop(work, personId, 'NO_ADDRESS', (pending) => !pending.isOwn && pending.isMessage);
  }

  private async stop(
    work: Work,
    personId: string,
    reason: FailureReason,
    isMeant: (pending: Pending) => boolean,
  ): Promise<void> {
    const pending = (await work.query<Pending>(pendingOf, [personId])).filter(isMeant);
    const items = pending.filter(({ isMessage }) => !isMessage).map(({ id }) => id);
    if (items.length > 0)
      work.send('update digest_item set settled_at = $2 where id = any($1) and settled_at is null', [
        items,
        this.clock.now(),
      ]);
    for (const { id, isMessage } of pending) {
      if (!isMessage) continue;
      const message = await work.load(Message, id);
      if (message.isQueued || message.isInHands) await this.evidence.giveUp(work, message, reason);
    }
  }
}

/** Of a message from before there were editions the first one says it. */
function stopsOn(book: RuleBook, { rule, edition }: Pending, stop: Stop): boolean {
  const known = rule === null ? undefined : book.edition(rule, edition);
  return known ? known.stopsOn.includes(stop) : stop === 'DEATH';
}
