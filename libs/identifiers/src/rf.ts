/** Structured creditor reference (ISO 11649): `RF`, two check digits by ISO 7064 MOD 97-10, and up to 21 letters and digits. Without blanks. */
export const isRf = (text: string): boolean =>
  /^RF\d{2}[0-9A-Z]{1,21}$/.test(text) && remainder(text.slice(4) + text.slice(0, 4)) === 1;

/** The reference that the body gets. */
export function rfOf(body: string): string {
  if (!/^[0-9A-Z]{1,21}$/.test(body))
    throw new RangeError('The body of a reference is 1 to 21 digits and capital letters.');
  return `RF${String(98 - remainder(`${body}RF00`)).padStart(2, '0')}${body}`;
}

/** Letters count from A = 10. */
const remainder = (text: string): number =>
  Number(BigInt([...text].map((character) => parseInt(character, 36)).join('')) % 97n);
