import type { WayOut } from '../consents/unsubscribe-link.issuer';
import type { Letter } from '../messages/letter-writer';
import type { Recipient } from '../recipients/recipient';

/** Ways to tell somebody, as rules and recipients name them. LETTER, COLLECTION and EDORECZENIA pass through the hands of staff. */
export const channelCodes = ['EMAIL', 'SMS', 'LETTER', 'COLLECTION', 'EDORECZENIA'] as const;
export type ChannelCode = (typeof channelCodes)[number];

export interface Outgoing {
  readonly messageId: string;
  /** 1, 2, 3 … of this message on this channel. */
  readonly attempt: number;
  readonly letter: Letter;
  /** Of an extra by e-mail: how the person says, without logging in, that they want no more of them. */
  readonly wayOut?: WayOut;
}

/** What came of one attempt. */
export type Outcome =
  /** The next system has taken it over, under this number if it gives one. */
  | { readonly kind: 'HANDED_OVER'; readonly providerId?: string }
  /** It waits for somebody of the staff, who will tell how it went. */
  | { readonly kind: 'IN_HANDS' }
  /** This message will never pass this way. */
  | { readonly kind: 'REFUSED'; readonly code: string }
  /** The way is blocked, for this message or (`isOutage`) for every one; the same again later. */
  | { readonly kind: 'NOT_NOW'; readonly code: string; readonly notBefore?: Date; readonly isOutage?: boolean };

export interface Channel {
  readonly code: ChannelCode;
  /** Whether the recipient can be reached this way at all. */
  reaches(recipient: Recipient): boolean;
  /** One attempt; the same message again must be recognisable as the same. It never throws. */
  send(message: Outgoing, recipient: Recipient): Promise<Outcome>;
}

/** The channels of this installation, by injection token. */
export const CHANNELS = Symbol('CHANNELS');
