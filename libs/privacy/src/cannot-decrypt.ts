/** Wrong key, wrong place or changed bytes: authenticated encryption does not say which, and neither do we. */
export class CannotDecrypt extends Error {
  override readonly name = 'CannotDecrypt';

  constructor(what: string) {
    super(`${what} cannot be decrypted`);
  }
}
