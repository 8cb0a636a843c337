/** Opens keys that lie wrapped in the configuration. */
export interface KeyManagement {
  unwrap(wrapped: string): Promise<Buffer>;
}

/** OpenBao or Vault, secrets engine Transit: `https://openbao.example.pl:8200/v1/transit/decrypt/okienko`. */
export class TransitKms implements KeyManagement {
  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly patienceMs = 10_000,
  ) {}

  async unwrap(wrapped: string): Promise<Buffer> {
    const answer = await fetch(this.url, {
      method: 'POST',
      headers: { 'X-Vault-Token': this.token, 'Content-Type': 'application/json' },
      body: JSON.stringify({ ciphertext: wrapped }),
      redirect: 'error',
      signal: AbortSignal.timeout(this.patienceMs),
    });
    if (!answer.ok) throw new Error(`the KMS did not unwrap a key: it answered ${answer.status}`);
    const { data } = (await answer.json()) as { data?: { plaintext?: unknown } };
    if (typeof data?.plaintext !== 'string') throw new Error('the KMS did not unwrap a key: its answer holds none');
    return Buffer.from(data.plaintext, 'base64');
  }
}

const wrapped = /^(?:(\d+):)?(vault:v\d+:.+)$/s;

/**
 * Keys as `KeyRing` reads them, with those opened that the KMS has wrapped: `vault:v1:…`, or `1:vault:v1:…,2:vault:v3:…` during a rotation.
 * It is asked once, at the start: afterwards the service does not depend on it.
 */
export async function openKeys(keys: string, kms: KeyManagement | undefined): Promise<string> {
  const open = async (entry: string): Promise<string> => {
    const [, version, ciphertext] = wrapped.exec(entry.trim()) ?? [];
    if (ciphertext === undefined) return entry;
    if (!kms) throw new Error('a key is wrapped by a KMS, and KMS_URL and KMS_TOKEN do not say which');
    const key = (await kms.unwrap(ciphertext)).toString('base64');
    return version === undefined ? key : `${version}:${key}`;
  };
  return (await Promise.all(keys.split(',').map(open))).join(',');
}
