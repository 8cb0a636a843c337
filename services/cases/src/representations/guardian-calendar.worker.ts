import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { DataSource } from 'typeorm';
import { ContactCommands } from '../persons/contacts.commands';
import { guardianshipsToTell } from './guardian-on';

const most = 100;

/**
 * Tells whose guardian has changed without an act of anybody: a day has come or gone, records were merged, a guardian died. It is found in
 * the rows, and once told it is not found again.
 */
@Injectable()
export class GuardianCalendar extends Background {
  protected readonly name = 'guardian-calendar';
  protected override readonly lookEvery = 60_000;

  constructor(
    private readonly dataSource: DataSource,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly contacts: ContactCommands,
  ) {
    super();
  }

  protected async keep(): Promise<boolean> {
    const wards = await guardianshipsToTell(this.dataSource, dayOf(this.clock.now()), most);
    await this.each(wards, (id) => this.work.run((work) => this.contacts.followGuardian(work, id)));
    return false;
  }
}
