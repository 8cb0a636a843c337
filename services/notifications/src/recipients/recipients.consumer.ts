import { Controller } from '@nestjs/common';
import {
  type PersonContactChangedV1,
  personContactChangedV1,
} from '@okienko/contracts/cases/person-contact-changed.v1';
import type { CloudEvent } from '@okienko/contracts/event';
import { OnStrands } from '@okienko/messaging/on';
import { strandOf } from '../messages/message-rules';
import { RecipientCommands } from './recipients.commands';

@Controller()
export class RecipientConsumer {
  constructor(private readonly recipients: RecipientCommands) {}

  @OnStrands(strandOf, personContactChangedV1)
  changed(event: CloudEvent<PersonContactChangedV1>): Promise<void> {
    return this.recipients.learn(event);
  }
}
