import type { OfferedProgramme } from './service-offer';
import type { ServiceOfferContent } from './service-offer-content';

/** A small offer for specs, of a law other than the Act's programme unless changed. */
export const exampleOffer = (changes: Partial<ServiceOfferContent> = {}): ServiceOfferContent => ({
  name: { pl: 'Usługi opiekuńcze' },
  description: { pl: 'Pomoc w domu' },
  areas: ['pomoc-spoleczna'],
  legalTrack: 'SOCIAL_ASSISTANCE_DECISION',
  recipientKind: 'PERSON',
  unit: 'HOUR',
  terc: '2861011',
  feeRule: 'COUNCIL_RESOLUTION',
  ...changes,
});

export const exampleProgrammeOffer = (programmeId: string): ServiceOfferContent =>
  exampleOffer({
    legalTrack: 'PUS',
    programmeId,
    serviceCode: 'teleopieka',
    name: { pl: 'Teleopieka' },
    feeRule: 'FREE',
  });

export const offeredProgramme: OfferedProgramme = { state: 'IN_FORCE', serviceCodes: ['teleopieka'] };
