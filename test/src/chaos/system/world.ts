import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, dayOf } from '@okienko/contracts/calendar';
import { type Changed, until } from '@okienko/local/api';
import { checkout } from '@okienko/local/paths';
import type { System } from './system';

const organiser = 'services-organiser-maria';
const terc = '2861011';

/** What a partner asked for. */
export interface Subscription {
  readonly name: string;
  readonly types: readonly string[];
}

export const subscriptions: readonly Subscription[] = [
  { name: 'partner of everything', types: ['catalogue.', 'cases.', 'providers.'] },
  { name: 'partner of plans and applications', types: ['cases.plan.', 'cases.application.'] },
];

/** The ids that the load needs. */
export interface World {
  /** Places for everybody, and hardly any. */
  readonly wide: string;
  readonly narrow: string;
  readonly programmeId: string;
  readonly providers: readonly { readonly id: string; readonly account: string }[];
  readonly authorisationId: string;
}

export const narrowLimit = 8;

/** First the partners, so that they are entitled to every event there is; then a programme, its offers, two providers and their places. */
export async function prepareWorld({
  api,
  issuer,
  partners,
}: Pick<System, 'api' | 'issuer' | 'partners'>): Promise<World> {
  const today = dayOf(new Date());
  const years = { validFrom: today, validTo: addDays(today, 3 * 365) };
  for (const [index, { types }] of subscriptions.entries()) {
    const [partnerId, account] = [`partner-${index}`, `partner-${index}`];
    issuer.addClient({ id: account, name: account, roles: ['partner'], partnerId });
    await api.post('operator-tomasz', 'notifications', '/grants', { partnerId, types, ...years });
    const sink = partners[index]?.url;
    const { secret } = await api.post<Changed & { secret: string }>(account, 'notifications', '/subscriptions', {
      sink,
      types,
    });
    partners[index]?.use(secret);
  }
  const { wide, narrow, programmeId } = await offers(api, today);
  const providers = [];
  for (const account of ['provider-ecus', 'provider-elblog']) {
    const { id } = await api.post(organiser, 'providers', '/providers', { kind: 'NGO', name: { pl: account }, terc });
    for (const [offerId, places] of [
      [wide, 100_000],
      [narrow, 3],
    ] as const)
      await until('the offers in the providers service', () =>
        api
          .post(organiser, 'providers', '/capacities', {
            providerId: id,
            offerId,
            places,
            from: today,
            to: addDays(today, 300),
          })
          .catch((error: Error) => {
            if (/offer/i.test(error.message)) return undefined;
            throw error;
          }),
      );
    issuer.addClient({ id: account, name: account, roles: ['provider'], providerId: id });
    api.forget(account);
    providers.push({ id, account });
  }
  const scope = ['APPROVE_PLANS', 'ISSUE_DECISIONS'];
  const holder = { holder: 'director-zofia', number: 'WZ.077.1', scope, ...years };
  const { id: authorisationId } = await api.post('operator-tomasz', 'cases', '/authorisations', holder);
  return { wide, narrow, programmeId, providers, authorisationId };
}

interface SeedFile {
  readonly programme: { readonly body: Record<string, unknown>; readonly acts: Readonly<Record<string, object>> };
}

/** The programme of the seed, with two services of our own. */
async function offers(api: System['api'], today: string): Promise<Pick<World, 'wide' | 'narrow' | 'programmeId'>> {
  const file = join(checkout, 'services', 'catalogue', 'seed', 'elblag.json');
  const { programme } = JSON.parse(readFileSync(file, 'utf8')) as SeedFile;
  const service = (serviceCode: string, expectedPersons: number): object => ({
    serviceCode,
    expectedPersons,
    name: { pl: serviceCode },
    queueRule: 'NONE',
    conditions: { pl: 'Każdy mieszkaniec.' },
  });
  const body = {
    ...programme.body,
    validTo: addDays(today, 365),
    services: [service('przewozy', 100_000), service('teleopieka', narrowLimit)],
  };
  let { id, version } = await api.post(organiser, 'catalogue', '/programmes', body);
  const programmeId = id;
  for (const [act, content] of Object.entries(programme.acts))
    ({ id, version } = await api.post(organiser, 'catalogue', `/programmes/${programmeId}/${act}`, content, {
      ifMatch: version,
    }));
  const wide = await publishOffer(api, programmeId, 'przewozy');
  return { wide, narrow: await publishOffer(api, programmeId, 'teleopieka'), programmeId };
}

export async function publishOffer(api: System['api'], programmeId: string, serviceCode: string): Promise<string> {
  const drafted = await api.post(organiser, 'catalogue', '/service-offers', {
    serviceCode,
    programmeId,
    name: { pl: serviceCode },
    description: { pl: serviceCode },
    areas: ['pomoc-spoleczna'],
    legalTrack: 'PUS',
    recipientKind: 'PERSON',
    unit: 'RIDE',
    terc,
    feeRule: 'FREE',
  });
  await api.post(organiser, 'catalogue', `/service-offers/${drafted.id}/publication`, {}, { ifMatch: drafted.version });
  return drafted.id;
}
