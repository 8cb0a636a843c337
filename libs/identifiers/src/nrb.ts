/** Polish bank account number, 26 digits without spaces: ISO 7064 MOD 97-10 over the account, `PL00` as 2521, and the check digits. */
export function isNrb(text: string): boolean {
  return /^\d{26}$/.test(text) && BigInt(`${text.slice(2)}2521${text.slice(0, 2)}`) % 97n === 1n;
}
