import { createHash } from 'node:crypto';
import type { AwsClient } from 'aws4fetch';
import { assertKey, ObjectMissing, ObjectStore } from './object-store';

export interface Bucket {
  /** Address of the bucket, path-style: `https://s3.example.pl/okienko-files`. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const retries = 3;
/** Milliseconds for one request. */
const patience = 20_000;

/** Any server that speaks S3 (Signature Version 4): three requests of its API are all that is needed. */
export class S3Store extends ObjectStore {
  private client: AwsClient | undefined;

  constructor(private readonly bucket: Bucket) {
    super();
  }

  override async put(key: string, bytes: Buffer): Promise<void> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    // Signed with its digest, the body is compared by the server before it is kept.
    const headers = { 'Content-Type': 'application/octet-stream', 'X-Amz-Content-Sha256': sha256 };
    await this.request('PUT', key, { headers, body: new Uint8Array(bytes) });
  }

  override async get(key: string): Promise<Buffer> {
    return Buffer.from(await (await this.request('GET', key)).arrayBuffer());
  }

  override async remove(key: string): Promise<void> {
    await this.request('DELETE', key);
  }

  private async request(method: string, key: string, init: RequestInit = {}): Promise<Response> {
    assertKey(key);
    this.client ??= await this.connected();
    const response = await this.client.fetch(`${this.bucket.url.replace(/\/+$/, '')}/${key}`, {
      method,
      ...init,
      signal: AbortSignal.timeout(patience),
    });
    if (response.ok) return response;
    // The answer is not for the log: it repeats the request.
    await response.body?.cancel();
    if (response.status === 404 && method === 'GET') throw new ObjectMissing(key);
    throw new Error(`the object store answered ${response.status} to ${method}`);
  }

  private async connected(): Promise<AwsClient> {
    const { AwsClient } = await import('aws4fetch');
    const { accessKeyId, secretAccessKey, region } = this.bucket;
    return new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries });
  }
}
