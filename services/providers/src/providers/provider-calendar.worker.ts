import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { ProviderCommands } from './providers.commands';

/** Warns of verifications that end soon, and lets them expire after their last day. What is due is in the rows themselves, so a week of downtime only makes it late. */
@Injectable()
export class ProviderCalendar extends Background {
  protected readonly name = 'provider-calendar';

  constructor(private readonly providers: ProviderCommands) {
    super();
  }

  protected async keep(): Promise<boolean> {
    const [expired, warned] = [await this.providers.expire(), await this.providers.warn()];
    return expired || warned;
  }
}
