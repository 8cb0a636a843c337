/** National Court Register number: ten digits, zero-padded, without a check digit. */
export function isKrs(text: string): boolean {
  return /^\d{10}$/.test(text);
}
