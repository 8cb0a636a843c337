import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { ProviderCommands } from './providers.commands';

/** Lets verifications expire after their last day. What is due is in the rows themselves, so a week of downtime only makes it late. */
@Injectable()
export class ProviderCalendar extends Background {
  protected readonly name = 'provider-calendar';

  constructor(private readonly providers: ProviderCommands) {
    super();
  }

  protected keep(): Promise<boolean> {
    return this.providers.expire();
  }
}
