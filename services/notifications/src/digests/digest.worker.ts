import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { DigestCommands } from './digests.commands';

const atOnce = 100;

/** Sends the day's news together. What is due is in the rows, so a downtime only makes it late. */
@Injectable()
export class DigestWorker extends Background {
  protected readonly name = 'digests';

  constructor(private readonly digests: DigestCommands) {
    super();
  }

  protected async keep(): Promise<boolean> {
    const persons = await this.digests.ready(atOnce);
    await this.each(persons, (personId) => this.digests.send(personId));
    return persons.length === atOnce;
  }
}
