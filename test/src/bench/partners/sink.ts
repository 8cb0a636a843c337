import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Ledger, NotFromTheCentre, openWebhook } from '@okienko/partner';
import type { Chance } from '../../chance';
import { pause } from '../rounds';

export type Kind = 'healthy' | 'failing' | 'slow' | 'flapping' | 'dead';

export interface Taken {
  readonly sequence: number;
  readonly id: string;
  /** Milliseconds, when all of it was there. */
  readonly at: number;
}

export const now = (): number => performance.timeOrigin + performance.now();
const [slowness, up, down, failingShare] = [5_000, 8_000, 4_000, 0.15];

/** A partner's system as the library's README describes one: believes what is signed, takes each number once. */
export class Sink {
  secret = '';
  /** In the order in which it came. */
  readonly taken: Taken[] = [];
  readonly bodies = new Map<string, string>();
  /** When events that came again had come first. */
  readonly repeatedAfter: number[] = [];
  readonly ledger = new Ledger();
  unsigned = 0;
  outOfOrder = 0;
  /** Under one number or id came another event. */
  mistaken = 0;
  /** Posts that were refused, dropped or never answered. */
  refusals = 0;
  isHealed = false;
  private readonly firstAt = new Map<string, number>();
  private readonly latest = new Map<string, string>();
  private readonly refused = new Set<string>();
  private readonly server: Server;

  constructor(
    readonly kind: Kind,
    private readonly chance: Chance,
  ) {
    this.server = createServer((request, response) => void this.answer(request, response));
    this.server.keepAliveTimeout = 60_000;
  }

  /** A dead one leaves its port at once, so that connections are refused. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const { port } = this.server.address() as AddressInfo;
    if (this.kind === 'dead') await new Promise((resolve) => this.server.close(resolve));
    return `127.0.0.1:${port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request).catch(() => undefined);
    if (!body) return;
    if (this.kind === 'flapping' && !this.isHealed && now() % (up + down) > up) {
      this.refusals += 1;
      return void request.destroy();
    }
    const id = String(request.headers['webhook-id']);
    const mood = this.kind === 'failing' && !this.isHealed ? this.moodAbout(id) : 'good';
    if (mood === 500) return void response.writeHead(500).end();
    if (mood === 429) return void response.writeHead(429, { 'retry-after': '1' }).end();
    const status = this.take(request, body, id);
    if (mood === 'silent') return;
    if (this.kind === 'slow') await pause(slowness);
    response.writeHead(status).end();
  }

  /** No event is treated badly twice: the delays after that are longer than the run. Silence is the worst: taken, and nobody is told. */
  private moodAbout(id: string): 'good' | 'silent' | 500 | 429 {
    if (this.refused.has(id) || this.chance.next() > failingShare) return 'good';
    this.refused.add(id);
    this.refusals += 1;
    return this.chance.pick([500, 429, 'silent']);
  }

  private take(request: IncomingMessage, body: Buffer, id: string): number {
    try {
      const { sequence, event } = openWebhook(this.secret, request.headers, body);
      const first = this.firstAt.get(event.id);
      const isNew = this.ledger.take(sequence);
      if (id !== event.id || isNew !== (first === undefined)) this.mistaken += 1;
      if (!isNew) {
        this.repeatedAfter.push(first ?? NaN);
        return 204;
      }
      this.firstAt.set(event.id, now());
      this.taken.push({ sequence, id: event.id, at: now() });
      this.bodies.set(event.id, body.toString());
      if (event.sequence <= (this.latest.get(event.subject) ?? '')) this.outOfOrder += 1;
      this.latest.set(event.subject, event.sequence);
      return 204;
    } catch (error) {
      if (!(error instanceof NotFromTheCentre)) throw error;
      this.unsigned += 1;
      return 401;
    }
  }
}
