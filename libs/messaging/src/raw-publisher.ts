import { createInbox, headers, type Msg, type NatsConnection } from '@nats-io/nats-core';

export interface Outgoing {
  readonly subject: string;
  readonly body: string;
  /** Becomes `Nats-Msg-Id`, by which JetStream refuses a repetition within its window. */
  readonly messageId: string;
  readonly aggregate: string;
}

export interface Stored {
  readonly stream: string;
  readonly sequence: number;
  /** The broker had it already. */
  readonly repeated: boolean;
}

/** The broker answered, and the answer is no: too large, no stream for the subject, stream full. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly errorCode: number,
  ) {
    super(message);
  }
}

/** JetStream: "message size exceeds maximum allowed". */
export const tooLarge = 10054;

export class NoAnswer extends Error {}

/** The broker said yes but names no place: it holds a message id for something it did not keep. */
export class NoPlace extends NoAnswer {}

const margin = 512;

interface Waiting {
  readonly settle: (answer: Stored | Error) => void;
}

interface PubAck {
  readonly stream?: string;
  readonly seq?: number;
  readonly duplicate?: boolean;
  readonly error?: { readonly err_code: number; readonly description: string };
}

/** The messages that no earlier one of their aggregate precedes, and for each its successor. */
function chains(batch: readonly Outgoing[]): { ready: number[]; next: (number | undefined)[] } {
  const ready: number[] = [];
  const next: (number | undefined)[] = [];
  const last = new Map<string, number>();
  batch.forEach(({ aggregate }, index) => {
    const before = last.get(aggregate);
    if (before === undefined) ready.push(index);
    else next[before] = index;
    last.set(aggregate, index);
  });
  return { ready, next };
}

/**
 * Publishes to JetStream on one connection, with a window of unacknowledged messages and a single reply subscription:
 * a promise and a timer for each message would cost more than the message (design: events A3).
 */
export class RawPublisher {
  private readonly inbox: string;
  private readonly waiting = new Map<number, Waiting>();
  private readonly head = headers();
  private counter = 0;
  private abandon: (reason: Error) => void = () => undefined;

  constructor(
    private readonly connection: NatsConnection,
    private readonly window = 256,
    private readonly answerWithin = 5000,
    inboxPrefix?: string,
  ) {
    this.inbox = createInbox(inboxPrefix);
    this.head.set('Content-Type', 'application/cloudevents+json');
    connection.subscribe(`${this.inbox}.*`, { callback: (error, message) => this.answered(error, message) });
  }

  /**
   * Sends all and returns for each the place in its stream, up to the first that was not stored; what follows that one is sent again.
   * Of one aggregate only one is under way at a time: whatever the broker refuses, loses or has already, it never stores a later event
   * of an aggregate before an earlier one. (`Nats-Expected-Last-Msg-Id` cannot do it: in a cluster the followers fail to apply such
   * messages, nats-server 2.15.)
   */
  publish(batch: readonly Outgoing[]): Promise<{ stored: Stored[]; failure?: Error }> {
    return new Promise((resolve) => {
      const answers: (Stored | Error | undefined)[] = new Array<undefined>(batch.length).fill(undefined);
      const { ready, next } = chains(batch);
      const keys: number[] = [];
      let sent = 0;
      let open = 0;
      let failed = false;
      const finish = (late?: Error): void => {
        clearTimeout(timer);
        this.abandon = () => undefined;
        // An answer that comes after this must not send the rest of a batch that is being sent again already.
        for (const key of keys) this.waiting.delete(key);
        const stored: Stored[] = [];
        for (const answer of answers) {
          if (answer === undefined || answer instanceof Error) {
            resolve({ stored, failure: answer ?? late ?? new NoAnswer('Sending stopped after an earlier failure.') });
            return;
          }
          stored.push(answer);
        }
        resolve({ stored });
      };
      const timer = setTimeout(
        () => finish(new NoAnswer('The broker did not acknowledge in time.')),
        this.answerWithin,
      );
      this.abandon = finish;
      const pump = (): void => {
        while (!failed && sent < ready.length && open < this.window) {
          const index = ready[sent++] as number;
          open += 1;
          const key = this.send(batch[index] as Outgoing, (answer) => {
            answers[index] = answer;
            open -= 1;
            if (answer instanceof Error) failed = true;
            else if (next[index]) ready.push(next[index]);
            if (open === 0 && (failed || sent === ready.length)) finish();
            else pump();
          });
          keys.push(key);
        }
      };
      if (batch.length === 0) finish();
      else pump();
    });
  }

  /** Ends a batch that waits for answers on a connection that broke. */
  disconnected(): void {
    this.abandon(new NoAnswer('The connection to the broker broke.'));
  }

  private send(message: Outgoing, settle: (answer: Stored | Error) => void): number {
    const key = ++this.counter;
    this.waiting.set(key, { settle });
    // Written out by `publish` before it returns: one object serves all.
    this.head.set('Nats-Msg-Id', message.messageId);
    try {
      this.connection.publish(message.subject, message.body, { headers: this.head, reply: `${this.inbox}.${key}` });
    } catch (error) {
      this.waiting.delete(key);
      queueMicrotask(() =>
        settle(this.takes(message) ? (error as Error) : new Refused('max_payload exceeded', tooLarge)),
      );
    }
    return key;
  }

  /** The client itself refuses what is above the server's `max_payload`; headers are within the margin. */
  private takes({ body }: Outgoing): boolean {
    const most = this.connection.info?.max_payload;
    return most === undefined || Buffer.byteLength(body) <= most - margin;
  }

  private answered(error: Error | null, message: Msg): void {
    const key = Number(message.subject.slice(this.inbox.length + 1));
    const waiting = this.waiting.get(key);
    if (!waiting) return;
    this.waiting.delete(key);
    waiting.settle(error ?? readAnswer(message));
  }
}

function readAnswer(message: Msg): Stored | Error {
  if (message.data.length === 0) return new NoAnswer('No stream listens to this subject, or JetStream is not ready.');
  const answer = message.json<PubAck>();
  if (answer.error) return new Refused(answer.error.description, answer.error.err_code);
  // nats-server 2.10 answers {seq: 0, duplicate: true} for messages that it never stored.
  if (!answer.stream || !answer.seq) return new NoPlace('The broker acknowledged without a place in the stream.');
  return { stream: answer.stream, sequence: answer.seq, repeated: answer.duplicate === true };
}
