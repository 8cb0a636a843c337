import type { UnitOfMeasure } from '../plans/plan-content';

export class PacketIdentifier {
  kind!: 'PESEL' | 'OTHER';
  value!: string;
  /** Where another document is from. @example "UA" */
  country?: string;
}

export class PacketPerson {
  givenName?: string;
  familyName?: string;
  phone?: string;
  /** In which the person wishes to be spoken to. @example "uk" */
  language?: string;
  birthDate?: string;
  identifier?: PacketIdentifier;
  /** Gmina of residence. */
  terc?: string;
}

/** What a provider has to know to perform an order it has accepted, and nothing else. */
export class ReferralPacketView {
  orderId!: string;
  allocationId!: string;
  offerId!: string;
  from!: string;
  to!: string;
  /** In `unit`. */
  quantity!: number;
  unit!: UnitOfMeasure;
  /** Where, in words. */
  place!: string;
  /** When, in words. */
  schedule!: string;
  /** Categories of data that the programme lets the provider be told. */
  categories!: string[];
  person!: PacketPerson;
}
