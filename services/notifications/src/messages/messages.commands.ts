import { Injectable } from '@nestjs/common';
import { type ApplicationSubmittedV1, applicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { type PersonErasedV1, personErasedV1 } from '@okienko/contracts/cases/person-erased.v1';
import { type CloudEvent, nameOf } from '@okienko/contracts/event';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { ConsentQueries } from '../consents/consents.queries';
import { noteRestriction } from '../consents/restrictions';
import { DigestCommands } from '../digests/digests.commands';
import { InboxCommands } from '../inbox/inbox.commands';
import { ErasureCommands } from '../recipients/erasures.commands';
import { RecipientQueries } from '../recipients/recipients.queries';
import { RepresentativeCommands } from '../recipients/representatives.commands';
import { RepresentativeQueries } from '../recipients/representatives.queries';
import { noticeOf } from '../rules/notice-of-rule';
import type { RuleEdition } from '../rules/rule';
import { RuleQueries } from '../rules/rules.queries';
import { isForPeople } from '../rules/sound-rule';
import { factsIn } from '../templates/letter-facts';
import { LetterCommands, type Telling, type Whom } from './letters.commands';
import { holds, isImported, mergeOf, partOf, personOf, silenceOf, withdrawalOf } from './message-rules';
import { StopCommands } from './stops.commands';
import { type Told, ToldQueries } from './told.queries';

/** One event, as the rules look at it. */
interface Heard {
  readonly name: string;
  readonly event: CloudEvent;
  readonly personId: string;
  /** When it happened. */
  readonly at: Date;
}

@Injectable()
export class MessageCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly recipients: RecipientQueries,
    private readonly representatives: RepresentativeQueries,
    private readonly representations: RepresentativeCommands,
    private readonly rules: RuleQueries,
    private readonly told: ToldQueries,
    private readonly stops: StopCommands,
    private readonly erasures: ErasureCommands,
    private readonly letters: LetterCommands,
    private readonly digests: DigestCommands,
    private readonly inbox: InboxCommands,
    private readonly consents: ConsentQueries,
  ) {}

  /** Tells everybody whom the rules name of the event, each once, by the rules that were in force when it happened. */
  async announce(event: CloudEvent): Promise<void> {
    await this.work.run(async (work) => {
      const name = nameOf(event.type) ?? '';
      await this.learn(work, name, event);
      const at = new Date(event.time);
      const rules = (await this.rules.bookFor(at, work)).about(name, at).filter(({ when }) => holds(when, event.data));
      if (rules.length === 0 || isImported(event.data)) return;
      const personId = personOf(name, event.subject, event.data);
      for (const rule of rules) {
        const notice = isForPeople(rule) ? undefined : noticeOf(rule, event, personId);
        if (notice) await this.inbox.notify(work, notice);
      }
      const forPeople = rules.filter(isForPeople);
      if (personId !== undefined && forPeople.length > 0)
        await this.tell(work, { name, event, personId, at }, forPeople);
    });
  }

  addressWaiting(work: Work, someId: string): Promise<void> {
    return this.letters.addressWaiting(work, someId);
  }

  /** What the event says of messages themselves: whom nobody writes to any more, and what has come to nothing. */
  private async learn(work: Work, name: string, { subject, data, sequence }: CloudEvent): Promise<void> {
    const silence = silenceOf(name, subject, data);
    const merge = mergeOf(name, subject, data);
    const withdrawal = withdrawalOf(name, subject, data);
    if (silence) await this.stops.silence(work, silence);
    if (merge) await this.stops.merge(work, merge, Number(sequence));
    if (withdrawal) await this.stops.withdraw(work, withdrawal);
    if (name === personErasedV1.$id) await this.erasures.erase(work, subject.toLowerCase(), data as PersonErasedV1);
    if (name === applicationSubmittedV1.$id) this.stops.noteServices(work, subject, data as ApplicationSubmittedV1);
    noteRestriction(work, name, subject);
    this.representations.learn(work, name, subject, data);
  }

  private async tell(work: Work, heard: Heard, rules: readonly RuleEdition[]): Promise<void> {
    const { name, event, personId, at } = heard;
    const key = await this.recipients.keyOf(work, personId);
    if (!key) return;
    const matters = [event.subject.toLowerCase(), ...partOf(event.data)];
    const [told, own] = await Promise.all([
      this.told.about(work, event.id, personId, matters),
      this.recipients.addresseeOf(work, personId),
    ]);
    const isOver = withdrawalOf(name, event.subject, event.data) === undefined && told.isWithdrawn;
    for (const rule of rules) {
      if (rule.stopsOn.includes('DEATH') && told.isSilent) continue;
      if (rule.stopsOn.includes('WITHDRAWAL') && isOver) continue;
      const [matterId = '', ...wider] = matters;
      const telling = { rule, causeId: event.id, personId, key, facts: factsIn(event.data), matterId, partOf: wider };
      const notBefore = new Date(at.getTime() + rule.delayMinutes * 60_000);
      await this.tellAll(work, { ...telling, notBefore }, heard, told, own ?? { addresseeId: null });
    }
  }

  private async tellAll(work: Work, telling: Telling, heard: Heard, told: Told, own: Whom): Promise<void> {
    const { rule, personId } = telling;
    for (const whom of await this.addressees(work, rule, heard, own)) {
      if (told.has(rule, whom.addresseeId)) continue;
      if (rule.standing === 'EXTRA' && !(await this.consents.mayReceiveExtras(work, personId, rule.code))) continue;
      if (rule.digest === 'DAILY') this.digests.collect(work, telling, whom);
      else await this.letters.send(work, telling, whom);
    }
  }

  private async addressees(
    work: Work,
    rule: RuleEdition,
    { name, event, personId, at }: Heard,
    own: Whom,
  ): Promise<Whom[]> {
    // The end of a plan tells of a death too; should that be wrong, the person need not read of it.
    if (rule.audience === 'PERSON') return silenceOf(name, event.subject, event.data) ? [] : [own];
    const found: Whom[] = [];
    for (const addresseeId of await this.representatives.of(work, personId, event.data, at)) {
      if (!(await this.recipients.keyOf(work, addresseeId))) continue;
      const recipient = await this.recipients.find(work, addresseeId);
      found.push(recipient ? { recipient, addresseeId } : { addresseeId });
    }
    return found;
  }
}
