/** An account number of nobody’s: its bank does not exist, its check digits are right. */
export function generateNrb(serial: number): string {
  const body = String(serial).padStart(24, '0');
  return `${String(98n - (BigInt(`${body}252100`) % 97n)).padStart(2, '0')}${body}`;
}
