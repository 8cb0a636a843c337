import { Injectable } from '@nestjs/common';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { LetterCommands, type Telling, type Whom } from '../messages/letters.commands';
import type { Audience } from '../messages/message';
import { RecipientQueries } from '../recipients/recipients.queries';
import { RuleQueries } from '../rules/rules.queries';
import { nextDigest } from './digest-terms';

interface Item {
  readonly id: string;
  readonly causeId: string;
  readonly addresseeId: string | null;
  readonly rule: string;
  readonly edition: number;
  readonly audience: Audience;
}

const due = `select id, cause_id as "causeId", addressee_id as "addresseeId", rule, edition, audience
  from digest_item where person_id = $1 and settled_at is null and due_at <= $2 order by id for update`;

/** Small news wait for the end of the day and are told in one message. */
@Injectable()
export class DigestCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly recipients: RecipientQueries,
    private readonly rules: RuleQueries,
    private readonly letters: LetterCommands,
  ) {}

  collect(work: Work, { rule, causeId, personId, matterId, partOf }: Telling, { addresseeId }: Whom): void {
    const { code, edition, audience } = rule;
    work.send(
      `insert into digest_item (id, cause_id, person_id, addressee_id, rule, edition, audience, matter_id, part_of, due_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
      [
        uuidv7(),
        causeId,
        personId,
        audience === 'PERSON' ? null : addresseeId,
        code,
        edition,
        audience,
        matterId,
        JSON.stringify(partOf),
        nextDigest(this.clock.now()),
      ],
    );
  }

  /** Persons whose news are due. */
  async ready(limit: number): Promise<string[]> {
    const rows = await this.work.dataSource.query<{ personId: string }[]>(
      `select person_id as "personId" from digest_item where settled_at is null and due_at <= $1
       group by person_id order by min(due_at), person_id limit $2`,
      [this.clock.now(), limit],
    );
    return rows.map(({ personId }) => personId);
  }

  /** One message to each addressee, of all that is due; of several replicas the first sends it. */
  send(personId: string): Promise<void> {
    return this.work.run(async (work) => {
      const key = await this.recipients.keyOf(work, personId);
      const now = this.clock.now();
      const items = await work.query<Item>(due, [personId, now]);
      for (const group of Map.groupBy(items, ({ audience, addresseeId }) => `${audience} ${addresseeId}`).values()) {
        const messageId = key && (await this.sendGroup(work, personId, key, group));
        work.send('update digest_item set settled_at = $2, message_id = $3 where id = any($1)', [
          group.map(({ id }) => id),
          now,
          messageId ?? null,
        ]);
      }
    });
  }

  private async sendGroup(
    work: Work,
    personId: string,
    key: Buffer,
    group: readonly Item[],
  ): Promise<string | undefined> {
    const [{ causeId, addresseeId, rule: code, edition, audience }] = group as [Item, ...Item[]];
    const now = this.clock.now();
    const rule = (await this.rules.bookFor(now, work)).edition(code, edition);
    if (!rule) return undefined;
    const facts = { count: group.length };
    // About several matters, so it ends with none of them.
    const telling = { rule, causeId, personId, key, facts, matterId: personId, partOf: [], notBefore: now };
    return this.letters.send(work, telling, await this.whom(work, audience, personId, addresseeId));
  }

  private async whom(work: Work, audience: Audience, personId: string, addresseeId: string | null): Promise<Whom> {
    if (audience === 'PERSON') return (await this.recipients.addresseeOf(work, personId)) ?? { addresseeId: null };
    const recipient = addresseeId === null ? undefined : await this.recipients.find(work, addresseeId);
    return recipient ? { recipient, addresseeId } : { addresseeId };
  }
}
