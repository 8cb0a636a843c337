import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { continueTrace, traceIdOf } from '@okienko/messaging/context';
import { titleOf } from './problem';

const headers = {
  'Content-Type': 'application/problem+json',
  'Cache-Control': 'private, no-store',
  'X-Content-Type-Options': 'nosniff',
};

const problem = (status: number, code: string, detail: string): string =>
  JSON.stringify({
    type: `/problems/${code}`,
    title: titleOf(code),
    status,
    detail,
    instance: `urn:okienko:trace:${traceIdOf(continueTrace(undefined))}`,
  });

/** The router refuses some addresses before any hook runs. */
export const refuseAddress = (_: Error, __: unknown, reply: { raw: ServerResponse }): void => {
  const text = problem(400, 'bad-request', 'The address cannot be read. Use UTF-8, percent-encoded.');
  reply.raw.writeHead(400, headers).end(text);
};

const told: Readonly<Record<string, readonly [status: string, code: string, detail: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'headers-too-large', 'Send fewer or shorter headers.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'request-timeout', 'The request came too slowly. Send it again.'],
};
const unreadable = ['400 Bad Request', 'bad-request', 'This cannot be read as HTTP.'] as const;

/** What is no request that the server could read, or comes too slowly, never becomes one. */
export function refuseConnection(error: { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, code, detail] = told[error.code ?? ''] ?? unreadable;
  const body = problem(Number(status.slice(0, 3)), code, detail);
  const head = Object.entries({ ...headers, 'Content-Length': Buffer.byteLength(body), Connection: 'close' });
  socket.end(`HTTP/1.1 ${status}\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`);
}
