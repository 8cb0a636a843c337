import { addDays, dayOf } from '@okienko/contracts/calendar';
import { programmeEnteredIntoForceV1 } from '@okienko/contracts/catalogue/programme-entered-into-force.v1';
import { serviceOfferPublishedV1 } from '@okienko/contracts/catalogue/service-offer-published.v1';
import { dataCategoryCodes } from '@okienko/contracts/data-scope';
import { type DomainEvent, event, type Service } from '@okienko/contracts/event';

export const today = dayOf(new Date());
const [programmeId, offerId] = ['0197a000-0000-7000-8000-0000000000f1', '0197a000-0000-7000-8000-0000000000f2'];
const period = { validFrom: addDays(today, -100), validTo: addDays(today, 200) };
const terc = '2861011';

/** What fields of requests say that no schema can tell: they refer to this world, or to one another. */
export const known: Readonly<Record<string, unknown>> = {
  offerId,
  terc,
  ...period,
  from: today,
  to: period.validTo,
  holder: 'coordinator-1',
  scope: ['APPROVE_PLANS', 'ISSUE_DECISIONS'],
  partnerId: 'powiat-elblaski',
  types: ['cases.plan.'],
  sink: 'http://localhost:9/hook',
  clauseVersion: '2020-01-01',
  legalTrack: 'OTHER_ACT',
};

/** What the other services have said, for those that listen. */
export function happened(service: Service): DomainEvent[] {
  if (service !== 'cases' && service !== 'providers') return [];
  const { 0: force } = programmeEnteredIntoForceV1.examples;
  const services = [{ serviceCode: 'teleopieka', expectedPersons: 1000, queueRule: 'NONE' as const }];
  const offer = {
    programmeId,
    serviceCode: 'teleopieka',
    legalTrack: 'PUS',
    recipientKind: 'PERSON',
    areas: ['wspieranie'],
    terc,
    unit: 'HOUR',
    name: 'Teleopieka',
  } as const;
  return [
    ...(service === 'cases'
      ? [
          event(programmeEnteredIntoForceV1, programmeId, {
            ...force,
            ...period,
            terc,
            services,
            dataScope: [...dataCategoryCodes],
          }),
        ]
      : []),
    event(serviceOfferPublishedV1, offerId, { ...offer, areas: [...offer.areas] }),
  ];
}
