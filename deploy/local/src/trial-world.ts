import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { type Service, services } from '@okienko/contracts/event';
import { Api, ApiRefusal } from './api';
import type { ClientAccount } from './clients';
import type { Mail } from './mailbox';
import { Obstacle } from './obstacle';
import type { Received } from './partner';
import type { Witness } from './resident-journey';
import { type Accounts, Seed, type SeedReport } from './seed';
import { urlOf } from './services';

/** Where the sample partner is, as the services see it. */
const sink = 'http://trial:8091/webhooks';

export interface TrialPlace {
  /** Of the container `trial`, as this machine sees it. */
  readonly url: string;
  readonly services: Readonly<Record<Service, string>>;
}

const portOf = (name: string, usual: number): number => Number(process.env[`${name.toUpperCase()}_PORT`] ?? usual);

/** The ports that compose.yaml publishes unless told others. */
export const publishedPlace = (): TrialPlace => ({
  url: urlOf(portOf('trial', 8085)),
  services: Object.fromEntries(services.map((name, index) => [name, urlOf(portOf(name, 8081 + index))])) as Record<
    Service,
    string
  >,
});

/** The deployment of compose.yaml with its profile `trial`, from outside. */
export class TrialWorld implements Accounts {
  readonly api: Api;
  readonly witness: Witness = {
    mails: async (to) => (await this.ask<Mail[]>('GET', 'mailbox')).filter((mail) => mail.to.includes(to)),
    webhooks: async () =>
      (await this.ask<Received[]>('GET', 'partner')).map(({ type, ...rest }) => ({ ...rest, name: type })),
  };

  constructor(private readonly place: TrialPlace) {
    this.api = new Api(
      place.services,
      async (account) => (await this.ask<{ access_token: string }>('POST', `tokens/${account}`)).access_token,
    );
  }

  clients(): Promise<ClientAccount[]> {
    return this.ask('GET', 'accounts');
  }

  async addClient(account: ClientAccount): Promise<void> {
    await this.ask('PUT', 'accounts', account);
  }

  /** Catalogues, providers and the sample partner's subscription; what an earlier deployment in this home had is forgotten. */
  async seed(home: string): Promise<SeedReport> {
    if (!(await this.knows(home))) rmSync(join(home, 'secrets'), { recursive: true, force: true });
    const seed = new Seed(home, this.api, this);
    const report = await seed.load();
    await this.ask('PUT', 'partner', { secret: await seed.subscription(home, sink) });
    return report;
  }

  private async knows(home: string): Promise<boolean> {
    const { grant, ...rest } = new Seed(home, this.api, this).seeded;
    const offer = rest['ecus-elblag--04'];
    if (grant === undefined || offer === undefined) return false;
    return this.api.get('desk-anna', 'catalogue', `/service-offers/${offer}`).then(
      () => true,
      (error: unknown) => {
        if (error instanceof ApiRefusal && error.status === 404) return false;
        throw error;
      },
    );
  }

  private async ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.place.url}/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new Obstacle(
        `Nothing answers at ${this.place.url}: docker compose --file deploy/compose.yaml --profile trial up --detach`,
      );
    });
    if (!response.ok)
      throw new Obstacle(`${this.place.url}/${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}
