import type { ContactBody } from './contacts.dto';
import { type Contact, noContact } from './person-contact';

/** What was left out or sent as null is left out. */
export function contactFrom(body: ContactBody): Contact {
  const { email, phone, ade, postalAddress, quiet, channels, isAddressConfidential, latitude, longitude } = body;
  return {
    ...(email && { email }),
    ...(phone && { phone }),
    ...(ade && { ade }),
    ...(postalAddress && { postalAddress }),
    ...(quiet && { quiet }),
    ...(channels && channels.length > 0 && { channels }),
    ...(isAddressConfidential && { isAddressConfidential }),
    language: body.language ?? noContact.language,
    form: body.form ?? noContact.form,
    ...(typeof latitude === 'number' && typeof longitude === 'number' && { latitude, longitude }),
  };
}
