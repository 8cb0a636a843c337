import { Controller, Get, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Id } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { ListMessages, type MessageView, type MessageWithLetter } from './messages.dto';
import { MessageQueries } from './messages.queries';

@Controller('messages')
@Allow('desk', 'coordinator', 'services-organiser', 'director', 'auditor')
export class MessageController {
  constructor(private readonly queries: MessageQueries) {}

  @Get()
  list(@Query() query: ListMessages): Promise<Page<MessageView>> {
    return this.queries.list(query);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<MessageWithLetter> {
    return this.queries.get(id, caller);
  }
}
