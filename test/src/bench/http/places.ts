/** Ids of the capacity and the offer of an order. */
export const placesOf = (orderId: string): [capacityId: string, offerId: string] => [
  `${capacityIds}${orderId.slice(-2)}`,
  `${offerIds}${orderId.slice(-2)}`,
];

export const offerIds = '00000000-0000-4000-8000-0000000000';
export const capacityIds = '00000000-0000-4000-9000-0000000000';
