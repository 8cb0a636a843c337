/** Polish postal code, `NN-NNN`. */
export function isPostalCode(text: string): boolean {
  return /^\d{2}-\d{3}$/.test(text);
}
