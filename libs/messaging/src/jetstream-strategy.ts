import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { aggregateOf, type CloudEvent, type EventContract, nameOf, subjectOf, typeOf } from '@okienko/contracts/event';
import { assertReadable } from '@okienko/contracts/validation';
import { lastValueFrom, throwError } from 'rxjs';
import { continueTrace, isTraceparent, withContext } from './context';
import type { Incoming } from './incoming';
import type { Messaging } from './messaging';
import type { Delivery, Extras } from './on';
import { aboutMessage, type Beginning, untraced } from './tracing';
import type { Transaction } from './transaction';

/** Nest's own filter turns every error into `{ status, message }`; the consumer must see the error itself to tell "never" from "not now". */
@Catch()
export class RethrowFilter implements RpcExceptionFilter {
  catch(error: unknown): ReturnType<RpcExceptionFilter['catch']> {
    return throwError(() => error);
  }
}

/** Lets Nest controllers with `@On(contract)` consume JetStream: awaited, in order, in the inbox transaction. (Design: events A5.) */
export class JetStreamStrategy extends Server implements CustomTransportStrategy {
  constructor(
    private readonly messaging: Pick<Messaging, 'consume' | 'stopConsuming'>,
    private readonly tracing = untraced,
  ) {
    super();
  }

  listen(callback: () => void): void {
    for (const [pattern, handler] of this.messageHandlers) {
      if (!handler.isEventHandler || !nameOf(pattern))
        throw new Error(`${pattern} is not an event of ours: declare handlers with @On(contract).`);
      if (handler.next)
        throw new Error(
          `Two methods handle ${pattern}. One must, and call both commands: an event is handled wholly or not at all.`,
        );
    }
    const aggregates = new Set([...this.messageHandlers.keys()].map((pattern) => aggregateOf(nameOf(pattern) ?? '')));
    this.messaging.consume(
      aggregates,
      (incoming, transaction) => this.dispatch(incoming, transaction),
      (event) => this.strandOf(event),
    );
    callback();
  }

  close(): Promise<void> {
    return this.messaging.stopConsuming();
  }

  on(): void {
    throw new Error('The strategy raises no events of its own.');
  }

  unwrap<T>(): T {
    return this.messaging as T;
  }

  private strandOf(event: CloudEvent): string | undefined {
    const extras = this.messageHandlers.get(event.type)?.extras as Extras | undefined;
    return extras?.strandOf?.(event);
  }

  private async dispatch(incoming: Incoming, transaction: Transaction): Promise<void> {
    const handler: MessageHandler<unknown, Delivery> | undefined = this.messageHandlers.get(typeOf(incoming.name));
    if (!handler || !incoming.contract) return;
    assertReadable(incoming.contract, incoming.event.data);
    const { event, body } = incoming;
    const cause = {
      traceparent: isTraceparent(event.traceparent) ? event.traceparent : continueTrace(undefined),
      correlationId: event.correlationid,
      causationId: event.id,
      transaction,
    };
    await this.tracing.during(processing(incoming.contract, event), cause, (context) =>
      withContext(context, async () => {
        await lastValueFrom(this.transformToObservable(await handler(event, { body })), { defaultValue: undefined });
      }),
    );
  }
}

const processing = (contract: EventContract, { id }: CloudEvent): Beginning => ({
  name: `process ${contract.$id}`,
  kind: 'CONSUMER',
  attributes: aboutMessage('process', subjectOf(contract), id),
});
