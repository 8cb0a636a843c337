import { addDays } from '@okienko/contracts/calendar';
import { eventually } from '@okienko/testing/eventually';
import { type Account, type Json, organiser, terc } from './accounts';
import type { Centre } from './centre';

/** A service of a programme in force, published, with a provider that has places for it. */
export interface Offered {
  readonly programmeId: string;
  readonly serviceCode: string;
  readonly offerId: string;
  readonly providerId: string;
  readonly provider: Account;
}

/** Several services of one programme, with so many places each. */
export async function offering(
  centre: Centre,
  places: readonly number[],
  fee: Json = { rule: 'FREE' },
): Promise<Offered[]> {
  const services = places.map((expectedPersons, at) => ({
    serviceCode: `usluga-${at + 1}`,
    name: { pl: `Usługa ${at + 1}` },
    expectedPersons,
    queueRule: 'FILING_TIME',
    conditions: { pl: 'Każdy mieszkaniec' },
  }));
  const { today } = centre;
  const { id } = await centre.post('catalogue', '/programmes', organiser, {
    terc,
    name: { pl: 'Program usług społecznych' },
    aim: { pl: 'Wsparcie mieszkańców w domu' },
    validFrom: addDays(today, -300),
    validTo: addDays(today, 300),
    needs: { pl: 'Osoby starsze mieszkają samotnie' },
    expectedPersons: places.reduce((sum, each) => sum + each, 0),
    services,
    fee,
    evidence: [{ code: 'APPLICANT_STATEMENT', name: { pl: 'Oświadczenie' } }],
    dataScope: ['IDENTITY'],
    stages: [{ pl: 'Nabór' }],
    indicators: [{ pl: 'Liczba osób' }],
    budgetLines: [{ year: 2026, plannedGrosze: 1, fundingShares: [{ source: 'gmina', percent: 100 }] }],
  });
  const programmeId = String(id);
  const adoption = { resolutionNumber: 'XL/1/2026', adoptedOn: today };
  await centre.act(`/programmes/${programmeId}`, 'adoption', organiser, adoption, 'catalogue');
  const publication = { journalReference: 'Dz. Urz.', publishedOn: today, inForceFrom: today };
  await centre.act(`/programmes/${programmeId}`, 'journal-publication', organiser, publication, 'catalogue');
  const feeRule = String(fee['rule']);
  return Promise.all(services.map(({ serviceCode }) => offer(centre, { programmeId, serviceCode, feeRule })));
}

async function offer(
  centre: Centre,
  service: { programmeId: string; serviceCode: string; feeRule: string },
): Promise<Offered> {
  const { programmeId, serviceCode } = service;
  const drafted = await centre.post('catalogue', '/service-offers', organiser, {
    ...service,
    name: { pl: `Usługa ${serviceCode}` },
    description: { pl: 'Pomoc w domu' },
    areas: ['pomoc-spoleczna'],
    legalTrack: 'PUS',
    recipientKind: 'PERSON',
    unit: 'HOUR',
    terc,
  });
  const offerId = String(drafted['id']);
  await centre.act(`/service-offers/${offerId}`, 'publication', organiser, {}, 'catalogue');
  const body = { kind: 'SOCIAL_COOPERATIVE', name: { pl: 'Spółdzielnia „Razem”' }, terc };
  const providerId = String((await centre.post('providers', '/providers', organiser, body))['id']);
  const capacity = { providerId, offerId, places: 3, from: centre.today, to: addDays(centre.today, 200) };
  // The offer reaches the providers by an event.
  await eventually(() => centre.post('providers', '/capacities', organiser, capacity));
  const provider = { sub: `provider-${providerId}`, roles: ['provider' as const], providerId };
  return { programmeId, serviceCode, offerId, providerId, provider };
}
