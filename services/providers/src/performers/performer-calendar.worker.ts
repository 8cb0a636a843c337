import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { PerformerProofCommands } from './performer-proofs.commands';
import { PerformerCommands } from './performers.commands';

/**
 * Warns of qualifications and conditions that run out, and erases those who left long ago. What has been done is in the rows themselves, so a week of downtime only makes it
 * late, and of several replicas each tells what the others do not.
 */
@Injectable()
export class PerformerCalendar extends Background {
  protected readonly name = 'performer-calendar';

  constructor(
    private readonly proofs: PerformerProofCommands,
    private readonly performers: PerformerCommands,
  ) {
    super();
  }

  protected async keep(): Promise<boolean> {
    const [warned, erased] = [await this.proofs.warn(), await this.performers.erase()];
    return warned || erased;
  }
}
