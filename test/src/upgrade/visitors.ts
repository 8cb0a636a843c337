import { setTimeout as pause } from 'node:timers/promises';
import { addDays, dayOf } from '@okienko/contracts/calendar';
import type { Api } from '@okienko/local/api';
import { publishOffer, type World } from '../chaos/system/world';

const pace = 300;

/** Who reads and writes where the residents' journeys do not come: the directory and its offers, the grants of partners. */
export class Visitors {
  readonly refusals: string[] = [];
  private going = true;
  private readonly running: Promise<void>[];

  constructor(api: Api, { programmeId }: World) {
    const today = dayOf(new Date());
    const years = { validFrom: today, validTo: addDays(today, 3 * 365) };
    let partners = 0;
    this.running = [
      this.repeat(() => api.get('desk-anna', 'catalogue', '/areas')),
      this.repeat(() => api.get('desk-anna', 'catalogue', '/service-offers?limit=20')),
      this.repeat(() => publishOffer(api, programmeId, 'przewozy')),
      this.repeat(() => api.get('operator-tomasz', 'notifications', '/grants?limit=20')),
      this.repeat(() =>
        api.post('operator-tomasz', 'notifications', '/grants', {
          partnerId: `visitor-${(partners += 1)}`,
          types: ['catalogue.'],
          ...years,
        }),
      ),
    ];
  }

  async stop(): Promise<void> {
    this.going = false;
    await Promise.all(this.running);
  }

  private async repeat(visit: () => Promise<unknown>): Promise<void> {
    while (this.going) {
      await visit().catch((error: Error) => this.refusals.push(error.message.slice(0, 300)));
      await pause(pace * (0.5 + Math.random()));
    }
  }
}
