import { Agent, request } from 'undici';
import type { GatewayAnswer } from './sms-outcome';

export interface GatewaySettings {
  /** Undefined: there is none, and nothing is sent. */
  readonly url: string | undefined;
  readonly auth: 'bearer' | 'basic';
  readonly secret?: string | undefined;
  /** Our name of a field → the gateway's. */
  readonly fields: Readonly<Partial<Record<'to' | 'text' | 'reference' | 'id', string>>>;
  readonly always: Readonly<Record<string, unknown>>;
}

export interface ShortMessage {
  readonly to: string;
  readonly text: string;
  /** The same at each attempt, so that the gateway can know a repetition. */
  readonly reference: string;
}

const timeout = 10_000;
const mostBytes = 64 * 1024;
const shape = /^[\x21-\x7e]{1,128}$/;

/** Posts to the gateway: no redirects, one time limit over everything, an answer read up to a limit. */
export class SmsGateway {
  private readonly agent = new Agent({ connections: 16, pipelining: 1, connect: { timeout } });

  constructor(private readonly settings: GatewaySettings) {}

  get isThere(): boolean {
    return this.settings.url !== undefined;
  }

  async post({ to, text, reference }: ShortMessage): Promise<GatewayAnswer> {
    const { url, fields, always } = this.settings;
    if (url === undefined) return { errorCode: 'NO_GATEWAY' };
    const body = {
      ...always,
      [fields.to ?? 'to']: to,
      [fields.text ?? 'text']: text,
      [fields.reference ?? 'reference']: reference,
    };
    try {
      const response = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': reference, ...this.authorization() },
        body: JSON.stringify(body),
        dispatcher: this.agent,
        signal: AbortSignal.timeout(timeout),
      });
      const retryAfter = response.headers['retry-after'];
      const isTaken = response.statusCode < 300;
      if (!isTaken) await response.body.dump({ limit: mostBytes }).catch(() => undefined);
      const providerId = isTaken ? this.idIn(await textOf(response.body)) : undefined;
      return {
        status: response.statusCode,
        ...(providerId !== undefined && { providerId }),
        ...(typeof retryAfter === 'string' && { retryAfter }),
      };
    } catch (error) {
      return { errorCode: codeOf(error) };
    }
  }

  close(): Promise<void> {
    return this.agent.close();
  }

  private authorization(): { readonly authorization?: string } {
    const { auth, secret } = this.settings;
    if (secret === undefined) return {};
    return {
      authorization: auth === 'bearer' ? `Bearer ${secret}` : `Basic ${Buffer.from(secret).toString('base64')}`,
    };
  }

  /** It has been taken; an answer that says nothing more takes nothing back. */
  private idIn(text: string): string | undefined {
    try {
      const id = String((JSON.parse(text) as Record<string, unknown>)[this.settings.fields.id ?? 'id']);
      return id !== 'undefined' && shape.test(id) ? id : undefined;
    } catch {
      return undefined;
    }
  }
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > mostBytes) break;
      chunks.push(chunk);
    }
  } catch {
    // The status has said that it was taken.
  }
  return Buffer.concat(chunks).toString();
}

function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (name === 'TimeoutError' || name === 'AbortError') return 'TIMEOUT';
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(code) ? code : 'UNKNOWN';
}
