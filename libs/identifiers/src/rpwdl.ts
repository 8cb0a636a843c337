/** Number of a medical entity's book in the register of bodies performing medical activity (RPWDL): twelve digits, without a check digit. */
export function isRpwdl(text: string): boolean {
  return /^\d{12}$/.test(text);
}
