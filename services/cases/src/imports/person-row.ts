import type { GivenIdentifier } from '../persons/identifier';
import type { Cells } from './import-file';

interface Registration {
  readonly identifier?: GivenIdentifier;
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate?: string;
  readonly terc: string;
  readonly contact?: object;
}

const given = (cells: Cells, ...names: string[]): Cells =>
  Object.fromEntries(names.flatMap((name) => (cells[name] ? [[name, cells[name]]] : [])));

/** The row as the desk would send it. What is wrong in it shows when it is checked like that. */
export function registrationOf(head: Cells): Registration {
  const postalAddress = given(head, 'street', 'postalCode', 'city');
  const isPosted = Object.keys(postalAddress).length > 0;
  const contact = { ...given(head, 'email', 'phone', 'language', 'form'), ...(isPosted ? { postalAddress } : {}) };
  return {
    ...given(head, 'birthDate', 'terc', 'givenName', 'familyName'),
    ...identifierIn(head),
    ...(Object.keys(contact).length > 0 ? { contact } : {}),
  } as unknown as Registration;
}

/** A PESEL, where there is one, says all that the other identifier would. */
function identifierIn({ pesel, otherIdentifier, identifierCountry }: Cells): { identifier?: GivenIdentifier } {
  if (pesel) return { identifier: { kind: 'PESEL', value: pesel } };
  if (!otherIdentifier) return {};
  return { identifier: { kind: 'OTHER', value: otherIdentifier, country: identifierCountry ?? '' } };
}
