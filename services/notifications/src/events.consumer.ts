import { Controller } from '@nestjs/common';
import type { CloudEvent } from '@okienko/contracts/event';
import { type Delivery, OnStrands } from '@okienko/messaging/on';
import { FeedCommands } from './dispatches/feed.commands';
import { partnerEvents } from './grants/event-types';
import { strandOf } from './messages/message-rules';
import { MessageCommands } from './messages/messages.commands';
import { heardEvents } from './rules/heard-events';

/** Every event that partners may hear of goes into their feeds; which are news for whom, the rules say. */
@Controller()
export class EventConsumer {
  constructor(
    private readonly feed: FeedCommands,
    private readonly messages: MessageCommands,
  ) {}

  async receive(event: CloudEvent, { body }: Delivery, isForPartners: boolean): Promise<void> {
    if (isForPartners) await this.feed.receive(event, body);
    await this.messages.announce(event);
  }
}

// One method for each event, as `@OnStrands` wants it, without writing forty times the same.
for (const contract of heardEvents) {
  const isForPartners = partnerEvents.includes(contract);
  const method = {
    value(this: EventConsumer, event: CloudEvent, delivery: Delivery): Promise<void> {
      return this.receive(event, delivery, isForPartners);
    },
    configurable: true,
    writable: true,
  };
  Object.defineProperty(EventConsumer.prototype, contract.$id, method);
  OnStrands(strandOf, contract)(EventConsumer.prototype, contract.$id, method);
}
