import { type PersonErasedV1, personErasedV1 } from '@okienko/contracts/cases/person-erased.v1';
import type { CloudEvent } from '@okienko/contracts/event';
import { On } from '@okienko/messaging/on';
import { Controller } from '@nestjs/common';
import { ComplaintCommands } from './complaints.commands';

/** Whoever was erased in `cases` is erased here. Doing it again changes nothing. */
@Controller()
export class ErasureConsumer {
  constructor(private readonly complaints: ComplaintCommands) {}

  @On(personErasedV1)
  erased({ subject: personId, data: { erasedAt, basis } }: CloudEvent<PersonErasedV1>): Promise<void> {
    return this.complaints.erase({ personId, erasedAt: new Date(erasedAt), basis });
  }
}
