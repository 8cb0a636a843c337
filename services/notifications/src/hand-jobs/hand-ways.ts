import type { Recipient } from '../recipients/recipient';
import type { HandChannelCode } from './delivery-terms';

/** Whom each way through the hands of staff reaches. */
const reaches: Readonly<Record<HandChannelCode, (recipient: Recipient) => boolean>> = {
  LETTER: ({ postalAddress, isAddressConfidential = false }) => postalAddress !== undefined && !isAddressConfidential,
  // Nobody is made to come who did not ask for it.
  COLLECTION: ({ channels = [] }) => channels.includes('COLLECTION'),
  EDORECZENIA: ({ ade }) => ade !== undefined,
};

export const isReachedBy = (channel: HandChannelCode, recipient: Recipient): boolean =>
  recipient.isSuppressed !== true && reaches[channel](recipient);
