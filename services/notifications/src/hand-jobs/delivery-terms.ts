import { addDays, type Day, editionOn } from '@okienko/contracts/calendar';
import type { ChannelCode } from '../channels/channel';

/** Ways that pass through the hands of staff. */
export const handChannelCodes = ['LETTER', 'COLLECTION', 'EDORECZENIA'] as const satisfies ChannelCode[];
export type HandChannelCode = (typeof handChannelCodes)[number];

/** A public entity has to read its address for electronic delivery; anybody else has time to. */
export type AddresseeKind = 'NON_PUBLIC' | 'PUBLIC';

/** Terms of deliveries that the law sets and may change: data with validity dates, so that a delivery keeps the term it began under. */
interface DeliveryTerms {
  readonly validFrom: Day;
  readonly basis: string;
  /** Days after the first notice until a letter that nobody took counts as delivered. */
  readonly afterNotice: number;
  /** Days after it came to an address for electronic delivery until a message that nobody opened counts as delivered. */
  readonly afterArrival: Readonly<Record<AddresseeKind, number>>;
}

/** Newest first. */
const deliveryTerms: readonly [...DeliveryTerms[], DeliveryTerms] = [
  {
    validFrom: '2020-01-01',
    basis: 'KPA art. 44 § 4; Act on electronic delivery, art. 42',
    afterNotice: 14,
    afterArrival: { NON_PUBLIC: 14, PUBLIC: 0 },
  },
];

/** How staff are to work; the law leaves it to the centre. */
export interface HandTerms {
  readonly validFrom: Day;
  /** Calendar days in which a message is to be passed on. A message that nobody collected by then goes another way. */
  readonly dueAfter: Readonly<Record<HandChannelCode, number>>;
  /** How long whoever took messages has for telling that they were passed on; afterwards they wait again. */
  readonly leaseHours: number;
  /** Letters of one print run. */
  readonly mostInRun: number;
}

/** Newest first. */
const handTerms: readonly [...HandTerms[], HandTerms] = [
  {
    validFrom: '2020-01-01',
    dueAfter: { LETTER: 3, COLLECTION: 14, EDORECZENIA: 1 },
    leaseHours: 48,
    mostInRun: 100,
  },
];

export const handTermsOn = (day: Day): HandTerms => editionOn(handTerms, day);

/** The day on which a letter counts as delivered whose first notice was left then. */
export const fictionAfterNotice = (noticeLeftOn: Day): Day =>
  addDays(noticeLeftOn, editionOn(deliveryTerms, noticeLeftOn).afterNotice);

export const fictionAfterArrival = (arrivedOn: Day, addressee: AddresseeKind): Day =>
  addDays(arrivedOn, editionOn(deliveryTerms, arrivedOn).afterArrival[addressee]);
