import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { InboxCommands } from './inbox.commands';

/** Finds what nobody has taken charge of in time. What is due is in the rows, so a downtime only makes it late. */
@Injectable()
export class OverdueNotices extends Background {
  protected readonly name = 'overdue-notices';

  constructor(private readonly inbox: InboxCommands) {
    super();
  }

  protected keep(): Promise<boolean> {
    return this.inbox.escalate();
  }
}
