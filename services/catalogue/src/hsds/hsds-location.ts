import type { ServiceOfferContent } from '../service-offers/service-offer-content';
import { type HsdsAddress, type HsdsLocation, type HsdsServiceAtLocation, said } from './hsds';
import { readAddress, voivodeshipOf } from './polish-address';
import { accessibilityNames, derivedId } from './profile';

/**
 * An offer stands at one place at most, so the id of "this service at its location" is the service's own with the version digit 8
 * (RFC 9562: custom): it can be found again without being stored.
 */
const atLocationId = (serviceId: string): string => `${serviceId.slice(0, 14)}8${serviceId.slice(15)}`;

/** The services that such an id may be made of. */
export const serviceIdsOf = (id: string): string[] =>
  [...'12345678'].map((version) => `${id.slice(0, 14)}${version}${id.slice(15)}`);

export function locationOf(id: string, content: ServiceOfferContent): HsdsServiceAtLocation | undefined {
  const { terc, place, contact: { address } = {}, accessibility = [] } = content;
  if (place === undefined && address === undefined) return undefined;
  // Whatever says the same of a place names the same location.
  const locationId = derivedId('location', terc, place?.pl ?? '', address ?? '', ...accessibility);
  const location = said<HsdsLocation>({
    id: locationId,
    location_type: 'physical',
    name: place?.pl,
    description: address,
    addresses: address === undefined ? [] : addressesOf(locationId, terc, address),
    accessibility: accessibility.map((code) => ({
      id: derivedId(locationId, 'accessibility', code),
      description: accessibilityNames[code] as string,
    })),
  });
  return { id: atLocationId(id), location };
}

/** Only what names postal code and town: HSDS asks for both, and an address without them leads nobody anywhere. */
function addressesOf(locationId: string, terc: string, text: string): HsdsAddress[] {
  const address = readAddress(text);
  if (!address) return [];
  return [
    {
      id: derivedId(locationId, 'address'),
      address_1: address.street,
      city: address.town,
      state_province: voivodeshipOf(terc),
      postal_code: address.postalCode,
      country: 'PL',
      address_type: 'physical',
    },
  ];
}
