import { hash } from 'node:crypto';
import { type Context, contextIn, freshContext, traceIdOf, withContext } from '@okienko/messaging/context';
import { type Beginning, type Span, untraced } from '@okienko/messaging/tracing';
import { fingerprintOf } from '@okienko/messaging/unit-of-work';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Histogram, type Registry } from 'prom-client';
import { RequestProblem } from './problem';
import { refuseEncoded, refuseOtherThanObject, refuseUnstorable } from './storable-body';
import { Written } from './written';

declare module 'fastify' {
  interface FastifyRequest {
    okienko?: Context;
    beganAt?: number;
    span?: Span | undefined;
  }
}

function idempotencyOf(request: FastifyRequest): Context['idempotency'] {
  const key = request.headers['idempotency-key'];
  if (key === undefined || request.method !== 'POST') return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key))
    throw new RequestProblem(
      400,
      'idempotency-key-malformed',
      'An Idempotency-Key is 1 to 255 visible ASCII characters.',
    );
  return {
    // The key itself is not kept: it is the secret without which the digest of a short body could be guessed.
    key: fingerprintOf(key),
    get client() {
      return request.principal?.sub ?? 'anonymous';
    },
    fingerprint: () => fingerprintOf(key, request.method, request.url, request.body ?? null),
  };
}

const single = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

/** Seconds. Free places change by the minute, so what is kept may be shown for little longer than it takes to look at a page. */
const publicly = 'public, max-age=10, stale-while-revalidate=60';

const isProbe = (route: string): boolean => route.startsWith('/health') || route === '/metrics';

/** Whether the client has what would be sent (RFC 9110, 13.1.2: compared weakly). */
function isKnown(tag: string, header: string | undefined): boolean {
  const opaque = (one: string): string => one.trim().replace(/^W\//, '');
  return (
    header !== undefined && (header.trim() === '*' || header.split(',').some((one) => opaque(one) === opaque(tag)))
  );
}

/**
 * What happens to every request, in hooks of the server: the framework's own ways cost several times as much (design: http-db 1.1).
 * With `publicReads`, what anybody may read without a token may be kept by anybody for a moment, and read by any web page.
 */
export function addRequestHooks(
  server: FastifyInstance,
  log: Logger,
  registry: Registry,
  { publicReads = false }: { readonly publicReads?: boolean | undefined } = {},
  tracing = untraced,
): void {
  const seconds = new Histogram({
    name: 'okienko_http_request_seconds',
    help: 'Time from request to response',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });

  // Named beforehand, so that all requests are of one shape.
  for (const name of ['beganAt', 'span', 'okienko', 'token', 'principal']) server.decorateRequest(name);
  server.addHook('onRequest', (request, reply, done) => {
    request.beganAt = performance.now();
    const caller = single(request.headers['traceparent']);
    const route = routeOf(request);
    if (!isProbe(route)) request.span = tracing.begin({ ...serving(request.method, route), parent: caller });
    request.okienko = request.span ? contextIn(request.span.traceparent) : freshContext(caller);
    void reply.header('X-Trace-Id', traceIdOf(request.okienko.traceparent));
    try {
      refuseEncoded(request.headers['content-encoding']);
      done();
    } catch (error) {
      done(error as Error);
    }
  });

  // After the body has been read: reading it loses the asynchronous context.
  server.addHook('preHandler', (request, _, done) => {
    try {
      if (
        request.body !== undefined &&
        request.body !== null &&
        (typeof request.body !== 'object' || Array.isArray(request.body))
      ) {
        throw new RequestProblem(400, 'invalid-request', 'The body must be a JSON object.', [
          { pointer: '', detail: 'must be an object' },
        ]);
      }
      refuseOtherThanObject(request.body);
      refuseUnstorable(request.body);
      refuseUnstorable(request.query);
      refuseUnstorable(request.params);
      const idempotency = idempotencyOf(request);
      const context = request.okienko ?? freshContext();
      withContext(idempotency ? { ...context, idempotency } : context, done);
    } catch (error) {
      done(error as Error);
    }
  });

  server.addHook('preSerialization', (request, reply, payload, done) => {
    const { version, next } = (payload ?? {}) as { version?: unknown; next?: unknown };
    if (reply.statusCode < 300) {
      // For If-Match, so for those who may change something. It does not tell whether a view has changed: of an aggregate more may be shown
      // than its version counts, such as free places or the rights of the caller.
      if (typeof version === 'number' && request.principal) void reply.header('ETag', `"${version}"`);
      if (typeof next === 'string') void reply.header('Link', `<${nextAddress(request.url, next)}>; rel="next"`);
    }
    if (payload instanceof Written) void reply.serializer(() => payload.json);
    done(null, payload);
  });

  server.addHook('onSend', (request, reply, payload, done) => {
    // A table is for a spreadsheet, never to be shown by a browser.
    if (String(reply.getHeader('content-type')).startsWith('text/csv') && !reply.hasHeader('content-disposition'))
      void reply.header('Content-Disposition', `attachment; filename="${routeOf(request).split('/').at(-1)}"`);
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    // A route for staff tells nobody without a token more than that it wants one; with one it is for the centre's own pages.
    if (
      publicReads &&
      isReading &&
      !request.headers.authorization &&
      reply.statusCode !== 401 &&
      !isProbe(routeOf(request))
    )
      void reply.header('Access-Control-Allow-Origin', '*');
    const read = isReading && reply.statusCode === 200 && typeof payload === 'string' ? payload : undefined;
    // What has no version is known by its content; weak, because a proxy may compress it.
    if (read !== undefined && !reply.hasHeader('etag'))
      void reply.header('ETag', `W/"${hash('sha1', read, 'base64url')}"`);
    const isOpen = read !== undefined && publicReads && !request.principal && !isProbe(routeOf(request));
    if (!reply.hasHeader('cache-control')) void reply.header('Cache-Control', isOpen ? publicly : 'private, no-store');
    // Staff see more under the same address: a cache must not answer them with what it keeps for everybody.
    if (isOpen) void reply.header('Vary', 'Authorization');
    const tag = String(reply.getHeader('etag'));
    if (read !== undefined && tag.startsWith('W/') && isKnown(tag, request.headers['if-none-match'])) {
      void reply.code(304).removeHeader('content-type').removeHeader('content-length');
      done(null, '');
    } else done(null, payload);
  });

  server.addHook('onResponse', (request, reply, done) => {
    const milliseconds = performance.now() - (request.beganAt ?? performance.now());
    const route = routeOf(request);
    seconds.observe({ method: request.method, route, status: reply.statusCode }, milliseconds / 1000);
    request.span?.end(
      { 'http.response.status_code': reply.statusCode },
      reply.statusCode >= 500 ? String(reply.statusCode) : undefined,
    );
    if (!isProbe(route)) {
      log.info(
        {
          method: request.method,
          route,
          status: reply.statusCode,
          ms: Math.round(milliseconds * 10) / 10,
          traceId: traceIdOf(request.okienko?.traceparent ?? ''),
          caller: request.principal?.sub,
          roles: request.principal?.roles,
        },
        'http.handled',
      );
    }
    done();
  });
}

/** The route's pattern, never the address itself: addresses hold what a client put there. */
const routeOf = (request: FastifyRequest): string => request.routeOptions?.url ?? unknown;
const unknown = 'unknown';

/** As the conventions of OpenTelemetry call it, without what they take from the address, the client and its headers. */
const serving = (method: string, route: string): Beginning => ({
  name: route === unknown ? method : `${method} ${route}`,
  kind: 'SERVER',
  attributes: { 'http.request.method': method, ...(route !== unknown && { 'http.route': route }) },
});

function nextAddress(url: string, next: string): string {
  const address = new URL(url, 'http://here');
  address.searchParams.set('after', next);
  return `${address.pathname}${address.search}`;
}
