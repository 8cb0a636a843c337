import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { DomainError, type DomainErrorKind } from '@okienko/contracts/domain-error';
import { currentContext, traceIdOf } from '@okienko/messaging/context';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { type ProblemDetails, RequestProblem, titleOf } from './problem';

const statusOf: Record<DomainErrorKind, number> = {
  'not-found': 404,
  conflict: 409,
  'rule-broken': 422,
  forbidden: 403,
  stale: 412,
};

const codes: Record<number, string> = {
  400: 'bad-request',
  401: 'not-authenticated',
  403: 'not-allowed',
  404: 'not-found',
  405: 'method-not-allowed',
  406: 'not-acceptable',
  408: 'request-timeout',
  413: 'body-too-large',
  414: 'address-too-long',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
  431: 'headers-too-large',
};

/** 25006: a standby, or a server that is being taken over from. */
const unreachable = /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|57P0[123]|53300|25006|08\d{3})$/;
/** Serialisation failure or deadlock to the last attempt, a lock not had, a statement cut off after its time. */
const overtaxed = /^(40001|40P01|55P03|57014)$/;

type Told = Omit<ProblemDetails, 'type' | 'title' | 'instance'> & { readonly code: string };

/** Every "no" of the service, from the domain, the frame or the framework, as application/problem+json (RFC 9457). */
@Catch()
export class ProblemDetailsFilter implements ExceptionFilter {
  constructor(
    private readonly publicUrl: string,
    private readonly log: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    const traceId = traceIdOf((request.okienko ?? currentContext()).traceparent);
    const { code, ...told } = this.tell(error);
    if (told.status >= 500)
      this.log.error({ traceId, route: request.routeOptions?.url, error: describe(error) }, 'http.failed');
    const problem: ProblemDetails = {
      type: `${this.publicUrl}/problems/${code}`,
      title: titleOf(code),
      ...told,
      instance: `urn:okienko:trace:${traceId}`,
    };
    if (told.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
    if (told.status === 503) void reply.header('Retry-After', '2');
    void reply
      .status(told.status)
      .header('Content-Type', 'application/problem+json')
      .serializer(JSON.stringify)
      .send(problem);
  }

  private tell(error: unknown): Told {
    if (error instanceof DomainError) {
      return {
        code: error.code,
        status: statusOf[error.kind],
        detail: error.message,
        ...(error.basis === undefined ? {} : { basis: error.basis }),
        ...(error.errors === undefined ? {} : { errors: error.errors.slice(0, 100) }),
      };
    }
    if (error instanceof RequestProblem) {
      return {
        code: error.code,
        status: error.getStatus(),
        detail: error.message,
        ...(error.errors === undefined ? {} : { errors: error.errors }),
      };
    }
    const status =
      error instanceof HttpException
        ? error.getStatus()
        : Number((error as { statusCode?: unknown } | null)?.statusCode);
    if (status >= 400 && status < 500)
      return { code: codes[status] ?? 'bad-request', status, detail: detailOf(status) };
    if (isUniqueViolation(error))
      return { code: 'already-exists', status: 409, detail: 'The same thing has been recorded already.' };
    if (isUnreachable(error))
      return {
        code: 'temporarily-unavailable',
        status: 503,
        detail:
          'The service cannot reach its database. Repeat the request in a moment; with an Idempotency-Key nothing happens twice.',
      };
    if (overtaxed.test(String((error as { code?: unknown } | null)?.code)))
      return {
        code: 'temporarily-unavailable',
        status: 503,
        detail:
          'Too much is asked of the database at this moment. Repeat the request shortly; with an Idempotency-Key nothing happens twice.',
      };
    return {
      code: 'internal-error',
      status: 500,
      detail: 'The service failed. Nothing was changed. Give the trace id to the operator.',
    };
  }
}

function detailOf(status: number): string {
  switch (status) {
    case 400:
      return 'The request cannot be read. Send well-formed JSON in UTF-8.';
    case 404:
      return 'There is nothing under this address.';
    case 413:
      return 'The body is larger than 1 MiB.';
    case 415:
      return 'Send the body as application/json.';
    case 429:
      return 'Too many requests. Wait as long as Retry-After says.';
    default:
      return 'The request is refused.';
  }
}

function isUnreachable(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return (
    unreachable.test(String(code)) ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
      String(message),
    )
  );
}

// Parameters of a failed statement may be personal, so only what names the fault goes to the log.
const describe = (error: unknown): object => {
  const { name, message, code, stack, constraint } = error as Error & { code?: string; constraint?: string };
  return {
    name,
    code,
    constraint,
    message: code ? undefined : message,
    stack: stack?.split('\n').slice(1, 12).join('\n'),
  };
};
