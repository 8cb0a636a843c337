import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { CapacityHoldCommands } from './capacity-holds.commands';

/** Tidies holds that nobody confirmed and tells what is free. However many of a capacity expired meanwhile, it is one event. */
@Injectable()
export class CapacityHoldKeeper extends Background {
  protected readonly name = 'capacity-holds';

  constructor(private readonly holds: CapacityHoldCommands) {
    super();
  }

  protected keep(): Promise<boolean> {
    return this.holds.tidy();
  }
}
