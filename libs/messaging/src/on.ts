import { type CloudEvent, type DataOf, type EventContract, typeOf } from '@okienko/contracts/event';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';

/** How an event came: its exact bytes, as they were published and signed for. */
export interface Delivery {
  readonly body: string;
}

type Handler<C extends EventContract> = (event: CloudEvent<DataOf<C>>, delivery: Delivery) => Promise<unknown>;

/** Marks the method of a controller that handles this event, or each of these: in the aggregate's order, each event once, in one transaction with its effect. */
export function On<Contracts extends readonly EventContract[]>(
  ...contracts: Contracts
): <H extends Handler<Contracts[number]>>(
  target: object,
  key: string | symbol,
  method: TypedPropertyDescriptor<H>,
) => void {
  const handles = EventPattern(contracts.map(({ $id }) => typeOf($id)));
  return (target, key, method) => {
    handles(target, key, method);
    // Without these Nest hands a handler its first argument only.
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
  };
}
