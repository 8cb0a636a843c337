import { type CloudEvent, type DataOf, type EventContract, typeOf } from '@okienko/contracts/event';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { StrandOf } from './strands';

/** How an event came: its exact bytes, as they were published and signed for. */
export interface Delivery {
  readonly body: string;
}

type Handler<C extends EventContract> = (event: CloudEvent<DataOf<C>>, delivery: Delivery) => Promise<unknown>;

type Mark<Contracts extends readonly EventContract[]> = <H extends Handler<Contracts[number]>>(
  target: object,
  key: string | symbol,
  method: TypedPropertyDescriptor<H>,
) => void;

/** Marks the method of a controller that handles this event, or each of these: in the aggregate's order, each event once, in one transaction with its effect. */
export const On = <Contracts extends readonly EventContract[]>(...contracts: Contracts): Mark<Contracts> =>
  marking(contracts, {});

/** The same for events that may be handled side by side with those of other strands. */
export const OnStrands = <Contracts extends readonly EventContract[]>(
  strandOf: StrandOf,
  ...contracts: Contracts
): Mark<Contracts> => marking(contracts, { strandOf });

/** What a handler says of itself beside its events. */
export interface Extras {
  readonly strandOf?: StrandOf;
}

function marking<Contracts extends readonly EventContract[]>(contracts: Contracts, extras: Extras): Mark<Contracts> {
  const handles = EventPattern(
    contracts.map(({ $id }) => typeOf($id)),
    extras,
  );
  return (target, key, method) => {
    handles(target, key, method);
    // Without these Nest hands a handler its first argument only.
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
  };
}
