import { type Context, withContext } from './context';

/** What is known of a span when it begins. Ids of people, addresses and values never are among its attributes. */
export interface Beginning {
  readonly name: string;
  readonly kind: 'SERVER' | 'CLIENT' | 'PRODUCER' | 'CONSUMER' | 'INTERNAL';
  /** The `traceparent` of what it is part of; none begins a trace. */
  readonly parent?: string | undefined;
  /** Others that it comes from. */
  readonly links?: readonly string[];
  readonly attributes?: Attributes;
  /** Milliseconds since 1970; now unless given. */
  readonly at?: number;
}

export type Attributes = Readonly<Record<string, string | number>>;

export interface Span {
  /** For whatever comes of it. */
  readonly traceparent: string;
  /** A failure is told by its kind, never by its words, in which there may be anything. */
  end(attributes?: Attributes, failure?: unknown): void;
}

/**
 * Where spans go. This one has no place for them and costs nothing; the chassis loads another when it is told of a collector
 * (docs/tracing.md).
 */
export class Tracing {
  readonly isOn: boolean = false;

  begin(_: Beginning): Span | undefined {
    return undefined;
  }

  /** Within a span, which is in the context of `act` and in that of all it brings about. */
  async during<T>(
    what: Omit<Beginning, 'parent'>,
    context: Context,
    act: (context: Context) => Promise<T>,
  ): Promise<T> {
    const span = this.begin({ ...what, parent: context.begins ? undefined : context.traceparent });
    if (!span) return act(context);
    const { begins: _, ...rest } = context;
    const within = { ...rest, traceparent: span.traceparent };
    try {
      const result = await withContext(within, () => act(within));
      span.end();
      return result;
    } catch (error) {
      span.end({}, error);
      throw error;
    }
  }

  /** Sends what is left, as long as that takes no more than a moment. */
  stop(): Promise<void> {
    return Promise.resolve();
  }
}

export const untraced = new Tracing();

/** As the conventions of OpenTelemetry for messaging call it. The subject is the one below the deployment's root. */
export const aboutMessage = (operation: 'publish' | 'process', subject: string, eventId: string): Attributes => ({
  'messaging.system': 'nats',
  'messaging.operation.type': operation === 'publish' ? 'send' : operation,
  'messaging.operation.name': operation,
  'messaging.destination.name': subject,
  'messaging.message.id': eventId,
});

/** Of an event as it travels; the envelope says it before anything that the event itself has to say. */
export const traceparentIn = (body: string): string | undefined => /"traceparent":"([^"]+)"/.exec(body)?.[1];
