import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { CloudEvent } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { currentContext, traceIdOf } from '@okienko/messaging/context';
import { inTransaction, type Transaction } from '@okienko/messaging/transaction';
import { recordAccesses } from '@okienko/privacy/access-log';
import { DataSource } from 'typeorm';
import { partnerEvents } from '../grants/event-types';
import { LetterCommands, type Whom } from '../messages/letters.commands';
import { holds, isImported, partOf, personOf, silenceOf } from '../messages/message-rules';
import { ToldQueries } from '../messages/told.queries';
import { RecipientQueries } from '../recipients/recipients.queries';
import { RepresentativeQueries } from '../recipients/representatives.queries';
import { TemplateQueries } from '../templates/templates.queries';
import { noticeOf } from './notice-of-rule';
import type { RuleContent } from './rule';
import type { RuleTrial, TriedEvent, TryRule } from './rules.dto';
import { assertSound, isForPeople } from './sound-rule';

interface Past {
  readonly name: string;
  readonly body: string;
}

const most = 1000;
const shown = 50;

/** What a rule would have done. Of the past only the feed of partners is at hand. */
@Injectable()
export class TrialQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly templates: TemplateQueries,
    private readonly recipients: RecipientQueries,
    private readonly representatives: RepresentativeQueries,
    private readonly told: ToldQueries,
    private readonly letters: LetterCommands,
  ) {}

  /** Whether somebody has consented to an extra is not asked: to a rule that does not exist nobody has. */
  try({ rule, last = most, from, to }: TryRule, reader: Principal): Promise<RuleTrial> {
    return inTransaction(this.dataSource, async (transaction) => {
      assertSound(rule, (await this.templates.factsByCode(transaction)).get(rule.template));
      const past = await transaction.query<Past>(
        `select name, body from feed_event
         where name = any($1) and ($2::timestamptz is null or received_at >= $2) and ($3::timestamptz is null or received_at < $3)
         order by id desc limit $4`,
        [rule.events, from === undefined ? null : new Date(from), to === undefined ? null : new Date(to), last],
      );
      const tried: TriedEvent[] = [];
      let matching = 0;
      for (const { name, body } of past) {
        const event = JSON.parse(body) as CloudEvent;
        if (!holds(rule.when, event.data) || isImported(event.data)) continue;
        matching += 1;
        tried.push(...(await this.tell(transaction, rule, name, event)));
      }
      const examples = tried.slice(0, shown);
      await this.recordReading(transaction, examples, reader);
      const sent = tried.filter(({ outcome }) => outcome === 'MESSAGE');
      return {
        events: past.length,
        matching,
        notKept: rule.events.filter((name) => !partnerEvents.some(({ $id }) => $id === name)),
        outcomes: countBy(tried, ({ outcome }) => outcome),
        byChannel: countBy(sent, ({ channels: [first = ''] }) => first),
        examples,
      };
    });
  }

  private async tell(sql: Transaction, rule: RuleContent, name: string, event: CloudEvent): Promise<TriedEvent[]> {
    const { id: causeId, subject, data, time } = event;
    const personId = personOf(name, subject, data);
    const about = {
      causeId,
      event: name,
      at: new Date(time),
      personId: personId ?? null,
      addresseeId: null,
      channels: [],
    };
    if (!isForPeople(rule)) {
      const notice = noticeOf(rule, event, personId);
      return [{ ...about, outcome: notice ? 'NOTICE' : 'NOBODY' }];
    }
    const whom = personId === undefined ? [] : await this.whom(sql, rule, name, event, personId);
    if (whom.length === 0) return [{ ...about, outcome: 'NOBODY' }];
    return whom.map((one) => ({ ...about, addresseeId: one.addresseeId, ...this.outcomeFor(rule, one) }));
  }

  private async whom(
    sql: Transaction,
    rule: RuleContent,
    name: string,
    { id, subject, data, time }: CloudEvent,
    personId: string,
  ): Promise<Whom[]> {
    const told = await this.told.about(sql, id, personId, [subject.toLowerCase(), ...partOf(data)]);
    const isStopped = { DEATH: told.isSilent, WITHDRAWAL: told.isWithdrawn };
    if (rule.stopsOn.some((stop) => isStopped[stop])) return [];
    if (rule.audience === 'PERSON')
      return silenceOf(name, subject, data)
        ? []
        : [(await this.recipients.addresseeOf(sql, personId)) ?? { addresseeId: null }];
    const found: Whom[] = [];
    for (const addresseeId of await this.representatives.of(sql, personId, data, new Date(time))) {
      const recipient = await this.recipients.find(sql, addresseeId);
      found.push(recipient ? { recipient, addresseeId } : { addresseeId });
    }
    return found;
  }

  private outcomeFor(rule: RuleContent, { recipient }: Whom): Pick<TriedEvent, 'outcome' | 'channels'> {
    if (rule.digest === 'DAILY') return { outcome: 'DIGEST', channels: [] };
    if (!recipient) return { outcome: 'WAITS_FOR_ADDRESS', channels: [] };
    const channels = this.letters.waysTo(rule, recipient);
    if (channels.length > 0) return { outcome: 'MESSAGE', channels };
    return { outcome: rule.standing === 'EXTRA' ? 'NOBODY' : 'TASK', channels };
  }

  /** By which ways somebody can be reached is shown of the examples only. */
  private recordReading(sql: Transaction, examples: readonly TriedEvent[], reader: Principal): Promise<void> {
    const persons = new Set(examples.flatMap(({ personId }) => personId ?? []));
    const entries = [...persons].map((personId) => ({
      at: this.clock.now(),
      actor: reader.sub,
      role: reader.roles.join(','),
      act: 'READ' as const,
      personId,
      fieldGroups: ['contact'],
      purpose: 'RULE_TRIAL',
      traceId: traceIdOf(currentContext().traceparent),
    }));
    return recordAccesses(sql, entries);
  }
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of items.map(keyOf)) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}
