import type { Day } from '@okienko/contracts/calendar';
import type { ChannelCode } from '../channels/channel';

/** DELAYED is said by the way of the message and changes nothing yet. */
export const evidenceKinds = ['DISPATCHED', 'DELAYED', 'RECEIVED', 'DEEMED_RECEIVED', 'NOT_DELIVERED'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

export interface Dispatch {
  readonly channel: ChannelCode;
  readonly at: Date;
  /** What the next system calls it, or the number of the consignment. */
  readonly providerId?: string;
  readonly evidenceNo?: string;
  /** Account of who recorded it; none where a system did. */
  readonly by?: string;
}

export interface Receipt {
  readonly channel: ChannelCode;
  readonly on: Day;
  /** FICTION: the law counts it as received (KPA art. 44 § 4, e-Delivery Act art. 42). */
  readonly basis: 'RECEIPT' | 'FICTION';
  readonly evidenceNo?: string;
  readonly by?: string;
}

export interface LateFailure {
  readonly channel: ChannelCode;
  /** In capitals, e.g. SMTP_5_1_1. */
  readonly code: string;
  readonly at: Date;
  readonly by?: string;
}
