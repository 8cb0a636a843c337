import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '@okienko/contracts/calendar';
import { type Changed, until } from '@okienko/local/api';
import { checkout } from '@okienko/local/paths';
import { assumptions } from './assumptions';
import type { ServiceCode } from './generator';
import { act, type Office, staff } from './office';

export interface Offer {
  readonly offerId: string;
  readonly unit: string;
}

export interface Contractor {
  readonly id: string;
  readonly account: string;
}

/** What the matters of a city stand on. */
export interface World {
  readonly programmeId: string;
  readonly offers: Readonly<Record<ServiceCode, Offer>>;
  /** Two that do the same, so that one can decline. */
  readonly contractors: readonly [Contractor, Contractor];
  /** By contractor and service. */
  readonly capacities: Readonly<Record<string, string>>;
  readonly authorisationId: string;
}

interface SeedFile {
  readonly programme: {
    readonly body: { readonly services: readonly { readonly serviceCode: string }[] } & Record<string, unknown>;
    readonly acts: Readonly<Record<string, object>>;
  };
  readonly offers: readonly ({ readonly key: string; readonly serviceCode?: string; readonly unit: string } & Record<
    string,
    unknown
  >)[];
}

export const terc = '2861011';
export const serviceCodes = Object.keys(assumptions.services.value) as ServiceCode[];

/** The programme of Elbląg with places for so many, its offers, and places at two contractors. */
export async function openWorld(
  office: Office,
  places: number,
  contractors: World['contractors'],
  authorisationId: string,
): Promise<World> {
  const file = join(checkout, 'services', 'catalogue', 'seed', 'elblag.json');
  const { programme, offers } = JSON.parse(readFileSync(file, 'utf8')) as SeedFile;
  const services = programme.body.services
    .filter(({ serviceCode }) => serviceCodes.includes(serviceCode as ServiceCode))
    // Who waits for a place in the invented city would only make its matters harder to follow.
    .map((service) => ({ ...service, expectedPersons: places, queueRule: 'NONE' }));
  const body = { ...programme.body, services, validTo: addDays(office.today(), 730) };
  const { id: programmeId } = await office.post(staff.organiser, 'catalogue', '/programmes', body);
  for (const [name, content] of Object.entries(programme.acts))
    await act(office, staff.organiser, 'catalogue', `/programmes/${programmeId}`, name, content);
  const made: Partial<Record<ServiceCode, Offer>> = {};
  const capacities: Record<string, string> = {};
  for (const code of serviceCodes) {
    const found = offers.find(({ serviceCode }) => serviceCode === code);
    if (!found) throw new Error(`The seed has no offer of ${code}.`);
    const { key: _, ...offer } = found;
    const { id } = await office.post(staff.organiser, 'catalogue', '/service-offers', { ...offer, programmeId });
    await act(office, staff.organiser, 'catalogue', `/service-offers/${id}`, 'publication');
    made[code] = { offerId: id, unit: offer.unit };
    for (const contractor of contractors)
      capacities[`${contractor.id} ${id}`] = await capacityOf(office, contractor.id, id);
  }
  return { programmeId, offers: made as World['offers'], contractors, capacities, authorisationId };
}

/** The most that one capacity may have; only what is open at a time needs one. */
const mostPlaces = 100_000;

/** The offer reaches the providers service by an event. */
const capacityOf = (office: Office, providerId: string, offerId: string): Promise<string> =>
  until('the offers in the providers service', async () => {
    const body = { providerId, offerId, places: mostPlaces, from: office.today(), to: addDays(office.today(), 720) };
    try {
      return (await office.post<Changed>(staff.organiser, 'providers', '/capacities', body)).id;
    } catch (error) {
      if (/offer/i.test((error as Error).message)) return undefined;
      throw error;
    }
  });
