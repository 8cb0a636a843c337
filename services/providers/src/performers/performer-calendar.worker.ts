import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { PerformerProofCommands } from './performer-proofs.commands';

/**
 * Warns of qualifications and conditions that run out. What has been told is in the rows themselves, so a week of downtime only makes it
 * late, and of several replicas each tells what the others do not.
 */
@Injectable()
export class PerformerCalendar extends Background {
  protected readonly name = 'performer-calendar';

  constructor(private readonly proofs: PerformerProofCommands) {
    super();
  }

  protected keep(): Promise<boolean> {
    return this.proofs.warn();
  }
}
