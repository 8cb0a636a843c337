import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, dayOf } from '@okienko/contracts/calendar';
import { type Api, type Changed, until } from './api';
import type { ClientAccount } from './clients';
import { checkout } from './paths';
import { confidentialFile } from './secrets';

interface SeedProgramme {
  readonly key: string;
  readonly body: Record<string, unknown> & { readonly validFrom: string; readonly validTo: string };
  /** The acts after drafting, in their order; the entry into force follows by the calendar. */
  readonly acts: Readonly<Record<string, object>>;
}

interface SeedOffer extends Record<string, unknown> {
  readonly key: string;
  readonly legalTrack: string;
  readonly serviceCode?: string;
}

interface SeedProvider extends Record<string, unknown> {
  readonly key: string;
  readonly offers: readonly { readonly offer: string; readonly places: number }[];
}

interface SeedCatalogue {
  readonly programme: SeedProgramme;
  readonly offers: readonly SeedOffer[];
}

/** What a journey needs to know of the seeded centre: ids by the keys of the seed data. */
export interface Seeded {
  readonly [key: string]: string;
}

/** Whoever gives out tokens; an account of a provider has to name the provider that it is for. */
export interface Accounts {
  clients(): readonly ClientAccount[] | Promise<readonly ClientAccount[]>;
  addClient(account: ClientAccount): unknown;
}

const cataloguePart = (name: string): string =>
  readFileSync(join(checkout, 'services', 'catalogue', 'seed', `${name}.json`), 'utf8');
/** An Idempotency-Key has no blanks. */
const keyOf = (text: string): string => `seed-${text.replaceAll(' ', '-')}`;

const organiser = 'services-organiser-maria';

/** Not in the sources: a second body for rides, so that a declined order has somewhere to go. Its name says that it is invented. */
const inventedProviders: readonly SeedProvider[] = [
  {
    key: 'prov-razem',
    kind: 'SOCIAL_COOPERATIVE',
    name: { pl: 'Spółdzielnia Socjalna „Razem” (zmyślona)' },
    terc: '2861011',
    offers: [{ offer: 'ecus-elblag--04', places: 25 }],
  },
];

const accountsOfProviders: Readonly<Record<string, string>> = {
  'prov-03': 'provider-ecus',
  'prov-02': 'provider-elblog',
  'prov-razem': 'provider-razem',
};

export interface SeedReport {
  readonly seeded: Seeded;
  readonly loaded: number;
  readonly remarks: readonly string[];
}

/**
 * Loads the catalogue of Elbląg and Ostrowiec, providers and their places, the authorisations and the sample partner's grant, through
 * the services' own APIs. What was loaded before is left alone: a note is kept of each thing, and each request has its fixed key.
 */
export class Seed {
  private readonly file;
  private readonly known: Record<string, string>;
  private loaded = 0;
  private readonly remarks: string[] = [];

  constructor(
    home: string,
    private readonly api: Api,
    private readonly accounts: Accounts,
  ) {
    this.file = confidentialFile<Record<string, string>>(home, 'seeded');
    this.known = this.file.read() ?? {};
  }

  get seeded(): Seeded {
    return this.known;
  }

  async load(): Promise<SeedReport> {
    for (const name of ['elblag', 'ostrowiec']) await this.catalogue(JSON.parse(cataloguePart(name)) as SeedCatalogue);
    const { providers } = JSON.parse(cataloguePart('providers')) as { providers: readonly SeedProvider[] };
    for (const provider of [...providers, ...inventedProviders]) await this.provider(provider);
    await this.authorisation('director-zofia', 'WZ.077.1.2026');
    await this.once('grant', () =>
      this.api.post(
        'operator-tomasz',
        'notifications',
        '/grants',
        { partnerId: 'powiat', types: ['catalogue.', 'cases.', 'providers.'], ...this.years() },
        { key: 'seed-grant' },
      ),
    );
    return { seeded: this.known, loaded: this.loaded, remarks: this.remarks };
  }

  /** The sample partner's subscription and its secret, which is shown to the partner once and kept by it. */
  async subscription(home: string, sink: string): Promise<string> {
    const kept = confidentialFile<{ sink: string; secret: string }>(home, 'partner-subscription');
    const known = kept.read();
    if (known?.sink === sink) return known.secret;
    const body = { sink, types: ['catalogue.', 'cases.', 'providers.'] };
    const { secret } = await this.api.post<Changed & { secret: string }>(
      'partner-powiat',
      'notifications',
      '/subscriptions',
      body,
      { key: keyOf(sink) },
    );
    kept.write({ sink, secret });
    return secret;
  }

  private years(): { validFrom: string; validTo: string } {
    const today = dayOf(new Date());
    return { validFrom: today, validTo: addDays(today, 3 * 365) };
  }

  private async once(key: string, make: () => Promise<Changed>): Promise<string> {
    const known = this.known[key];
    if (known !== undefined) return known;
    const { id } = await make();
    this.known[key] = id;
    this.file.write(this.known);
    this.loaded += 1;
    return id;
  }

  private async catalogue({ programme, offers }: SeedCatalogue): Promise<void> {
    const programmeId = await this.programme(programme);
    for (const { key, ...offer } of offers) {
      await this.once(key, async () => {
        const belongs = offer.legalTrack === 'PUS' ? { programmeId } : {};
        const { id, version } = await this.post('catalogue', '/service-offers', { ...offer, ...belongs }, key);
        return this.post('catalogue', `/service-offers/${id}/publication`, {}, `${key} publication`, version);
      });
    }
  }

  /** A programme goes its legal way, act by act; one whose time is nearly over is prolonged here, and it is said. */
  private programme({ key, body, acts }: SeedProgramme): Promise<string> {
    return this.once(key, async () => {
      const today = dayOf(new Date());
      const validTo = body.validTo < addDays(today, 180) ? addDays(today, 365) : body.validTo;
      if (validTo !== body.validTo)
        this.remarks.push(
          `The programme ${key} ends on ${body.validTo}; here it runs until ${validTo}, so that services can be granted under it.`,
        );
      let { id, version } = await this.post('catalogue', '/programmes', { ...body, validTo }, key);
      for (const [act, content] of Object.entries(acts)) {
        ({ id, version } = await this.post('catalogue', `/programmes/${id}/${act}`, content, `${key} ${act}`, version));
      }
      return { id, version };
    });
  }

  private async provider({ key, offers, ...body }: SeedProvider): Promise<void> {
    const { kind, name, terc, address } = body;
    const providerId = await this.once(key, () =>
      this.post(
        'providers',
        '/providers',
        { kind, name, ...(terc ? { terc } : {}), ...(address ? { address } : {}) },
        key,
      ),
    );
    for (const { offer, places } of offers) {
      const offerId = this.known[offer];
      if (offerId === undefined) throw new Error(`The seed of ${key} names an offer ${offer} that is not there.`);
      await this.once(`${key} ${offer}`, async () => {
        // The offer reaches the providers service by an event.
        await until(`offer ${offer} in the providers service`, () =>
          this.tryCapacity(providerId, offerId, places, `${key} ${offer}`),
        );
        return { id: offerId, version: 1 };
      });
    }
    const account = accountsOfProviders[key];
    const client = (await this.accounts.clients()).find(({ id }) => id === account);
    if (client && client.providerId !== providerId) {
      await this.accounts.addClient({ id: client.id, name: client.name, roles: client.roles, providerId });
      this.api.forget(client.id);
    }
  }

  private async tryCapacity(
    providerId: string,
    offerId: string,
    places: number,
    key: string,
  ): Promise<true | undefined> {
    try {
      const today = dayOf(new Date());
      await this.post(
        'providers',
        '/capacities',
        { providerId, offerId, places, from: today, to: addDays(today, 3 * 365) },
        `${key} ${today}`,
      );
      return true;
    } catch (error) {
      if (/offer/i.test((error as Error).message)) return undefined;
      throw error;
    }
  }

  private authorisation(holder: string, number: string): Promise<string> {
    return this.once(`authorisation ${holder}`, () =>
      this.api.post(
        'operator-tomasz',
        'cases',
        '/authorisations',
        { holder, number, scope: ['APPROVE_PLANS', 'ISSUE_DECISIONS'], ...this.years() },
        { key: keyOf(holder) },
      ),
    );
  }

  private post(
    service: 'catalogue' | 'providers',
    path: string,
    body: object,
    key: string,
    ifMatch?: number,
  ): Promise<Changed> {
    return this.api.post(organiser, service, path, body, {
      key: keyOf(key),
      ...(ifMatch === undefined ? {} : { ifMatch }),
    });
  }
}
