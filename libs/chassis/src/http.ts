import { applyDecorators, createParamDecorator, type ExecutionContext, HttpCode, SetMetadata } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { RequestProblem } from './problem';

/** What a command answers about an aggregate it made or changed. */
export class Changed {
  id!: string;
  /** Send it back as `If-Match: "<version>"` with the next change. */
  version!: number;
}

export const needsIdempotencyKey = 'okienko:needs-idempotency-key';

/** A POST that creates: 201, and an Idempotency-Key is required. */
export const Creates = (): MethodDecorator => applyDecorators(HttpCode(201), SetMetadata(needsIdempotencyKey, true));
/** A POST that acts on something existing: 200, and an Idempotency-Key is honoured. */
export const Acts = (): MethodDecorator => HttpCode(200);

declare module 'fastify' {
  interface FastifyContextConfig {
    fromStrangers?: boolean;
  }
}

/** A route by which strangers make work for the centre: without a token it may be called STRANGER_RATE_LIMIT times a minute only. */
export const FromStrangers = (): MethodDecorator => RouteConfig({ fromStrangers: true });

/** The version that the caller saw, from `If-Match: "<version>"` (RFC 9110, 13.1.1). */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined)
    throw new RequestProblem(
      428,
      'version-required',
      'Send If-Match with the version you read, so that you do not overwrite somebody else.',
    );
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (version === undefined)
    throw new RequestProblem(400, 'version-malformed', 'If-Match must be one version in quotes, as the ETag gave it.');
  return Number(version);
});

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** An id from the path. What is not an id names nothing: 404. */
export const Id = createParamDecorator((name: string | undefined, context: ExecutionContext): string => {
  const value =
    (context.switchToHttp().getRequest<FastifyRequest>().params as Record<string, string>)[name ?? 'id'] ?? '';
  if (!uuid.test(value)) throw new RequestProblem(404, 'not-found', 'There is nothing under this address.');
  return value;
});
