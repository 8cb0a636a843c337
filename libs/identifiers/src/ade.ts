/**
 * Address for electronic delivery, such as `AE:PL-12345-67890-ABCDE-12`. Only the shape is checked: the rule of the
 * last two digits is not known to us, so only the register of addresses (BAE) can confirm one.
 */
export function isAde(text: string): boolean {
  return /^AE:PL-\d{5}-\d{5}-[A-Z]{5}-\d{2}$/.test(text);
}
