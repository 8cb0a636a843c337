import { Readable } from 'node:stream';
import {
  type BeforeApplicationShutdown,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  StreamableFile,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from './access';
import { RequestProblem } from './problem';

/** Milliseconds. Proxies close what is silent for longer. */
export const heartbeat = 20_000;
/** Streams that one account has open at a time, on this replica. */
const mostStreams = 10;
/** Milliseconds for the last frame to be taken. */
const farewell = 1_000;
const longestStream = 24 * 60 * 60 * 1000;

/** Server-sent events. */
export class EventStream extends StreamableFile {}

/** Says nothing, and keeps the connection alive. */
export const silence = ':\n\n';
/** `data` is one line. */
export const frameOf = (id: string, event: string, data: string): string =>
  `id: ${id}\nevent: ${event}\ndata: ${data}\n\n`;

const readLastEventId = (_: unknown, context: ExecutionContext): string | undefined => {
  const id = context.switchToHttp().getRequest<FastifyRequest>().headers['last-event-id'];
  if (id === undefined || id === '') return undefined;
  if (typeof id === 'string' && /^\d{1,19}$/.test(id)) return id;
  throw new RequestProblem(400, 'cursor-malformed', 'Send the id of the last event as Last-Event-ID, or none.');
};
/** The header `Last-Event-ID` of a stream of server-sent events: the `id` of the last one that you have. */
export const LastEventId = createParamDecorator(readLastEventId);

/** Whoever follows something live holds a stream open: so many an account, to the end of the token, of the connection or of this replica. */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  private readonly ending = new AbortController();
  private readonly open = new Map<string, number>();

  beforeApplicationShutdown(): void {
    this.ending.abort();
  }

  /** `frames` ends by itself once the signal says so; whoever does not even take the end is cut off. */
  start(
    { sub }: Principal,
    request: FastifyRequest,
    reply: FastifyReply,
    frames: (end: AbortSignal) => AsyncIterable<string>,
  ): EventStream {
    const already = this.open.get(sub) ?? 0;
    if (already >= mostStreams)
      throw new RequestProblem(429, 'too-many-streams', `Close one of your ${mostStreams} open streams first.`);
    const closed = new AbortController();
    const left = AbortSignal.timeout(timeLeft(request.headers.authorization));
    const end = AbortSignal.any([this.ending.signal, left, closed.signal]);
    const stream = Readable.from(frames(end));
    this.open.set(sub, already + 1);
    end.addEventListener('abort', () => {
      this.close(sub);
      setTimeout(() => stream.destroy(), farewell).unref();
    });
    reply.raw.once('close', () => closed.abort());
    // A proxy should pass each event on at once, and the connection should not outlive the stream.
    void reply
      .header('Content-Type', 'text/event-stream; charset=utf-8')
      .header('Cache-Control', 'no-store')
      .header('X-Accel-Buffering', 'no')
      .header('Connection', 'close');
    return new EventStream(stream);
  }

  private close(sub: string): void {
    const others = (this.open.get(sub) ?? 1) - 1;
    if (others > 0) this.open.set(sub, others);
    else this.open.delete(sub);
  }
}

/** Milliseconds until the end of the token, which the guard has found good. */
function timeLeft(authorization = ''): number {
  const [, claims = ''] = authorization.split('.');
  const { exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { exp: number };
  return Math.min(Math.max(exp * 1000 - Date.now(), 0), longestStream);
}
