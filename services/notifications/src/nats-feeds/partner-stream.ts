import { type PartnerPlace, topology } from '@okienko/contracts/streams';
import { type Broker, headers } from '@okienko/messaging/jetstream';
import { partnerConsumer } from '@okienko/messaging/topology-plan';

export interface Numbered {
  readonly sequence: number;
  readonly eventId: string;
  /** Null where the grant no longer covers it. */
  readonly body: string | null;
}

/** The stream in which events lie ready for partners. What its reader acknowledges is gone; the stream's own numbers never go back. */
export class PartnerStream {
  private readonly name: string;
  private readonly marks: string;

  constructor(
    private readonly broker: Broker,
    namespace: string,
  ) {
    this.name = topology(namespace).partners.name;
    // Of no partner: what partners read has a part more.
    this.marks = `${namespace}.partners.mark`;
  }

  /** How much lies unread there, and the latest number of the stream. */
  async standing(subject: string): Promise<{ unread: number; at: number }> {
    const { state } = await this.broker.manager.streams.info(this.name, { subjects_filter: subject });
    return { unread: state.subjects?.[subject] ?? 0, at: state.last_seq };
  }

  /** Lays it as the next after the stream's number `at`, or not at all. */
  async lay(subject: string, subscription: string, { sequence, eventId, body }: Numbered, at: number): Promise<void> {
    const head = headers();
    head.set('okienko-subscription', subscription);
    head.set('okienko-sequence', String(sequence));
    head.set('okienko-event', eventId);
    head.set('content-type', 'application/cloudevents+json; charset=utf-8');
    // The number stays where the grant no longer covers the event, so that nothing seems to be missing.
    if (body === null) head.set('okienko-withheld', 'true');
    await this.broker.streams.publish(subject, body ?? '', { headers: head, expect: { lastSequence: at } });
  }

  /** The number in the subscription of the first that lies unread. */
  async firstUnread(subject: string): Promise<number | undefined> {
    const found = await this.firstFrom(1, subject);
    return found ? Number(found.header.get('okienko-sequence')) : undefined;
  }

  /**
   * How many have been laid since the stream was at that number, by one that may be dead or only slow. A mark in the stream is the end of
   * them: what is laid names the number before it, so none comes after the mark. Asked again, it is the same mark.
   */
  async laidSince(at: number): Promise<number> {
    const mark = (await this.firstFrom(at + 1, this.marks))?.seq ?? (await this.markAnew());
    return mark - at - 1;
  }

  async clear(subject: string): Promise<void> {
    await this.broker.manager.streams.purge(this.name, { filter: subject });
  }

  /** Partners themselves may create nothing. */
  async addReader(place: PartnerPlace): Promise<void> {
    await this.broker.manager.consumers.add(this.name, partnerConsumer(place));
  }

  private async markAnew(): Promise<number> {
    await this.clear(this.marks);
    return (await this.broker.streams.publish(this.marks)).seq;
  }

  /** As the leader knows it: a follower may be late. */
  private firstFrom(seq: number, subject: string) {
    const query = { seq, next_by_subj: subject };
    return this.broker.manager.streams.getMessage(this.name, query);
  }
}
