import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { allowedRoles, isPublic, type Role } from './access';
import { Authentication } from './authentication';
import { needsIdempotencyKey } from './http';
import { RequestProblem } from './problem';

/** What a route asks of every request, as its decorators say. */
interface Demands {
  readonly open: boolean;
  readonly allowed: readonly Role[];
  readonly key: boolean;
  readonly body: boolean;
}

/** Before every route: a good token, a role that the route allows, the key that a creation needs. */
@Injectable()
export class AccessGuard implements CanActivate {
  /** Decorators do not change: they are read at the first request. A handler may be inherited, so by class too. */
  private readonly known = new Map<unknown, Map<unknown, Demands>>();

  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: Authentication,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { open, allowed, key, body } = this.demandsOf(context);
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      request.token = await this.authentication.check(authorization);
      request.principal = request.token.principal;
    }
    if (!open) {
      if (!request.principal)
        throw new RequestProblem(
          401,
          'not-authenticated',
          'This needs an access token. Send "Authorization: Bearer <access token>".',
        );
      if (!request.principal.roles.some((role) => allowed.includes(role))) {
        throw new RequestProblem(
          403,
          'not-allowed',
          `This is for ${allowed.join(', ') || 'nobody'}. Your roles: ${request.principal.roles.join(', ') || 'none'}.`,
        );
      }
    }
    if (key && request.headers['idempotency-key'] === undefined) {
      throw new RequestProblem(
        400,
        'idempotency-key-required',
        'Send an Idempotency-Key of your own making, so that repeating the request cannot create twice.',
      );
    }
    if (!body) refuseBody(request.body);
    return true;
  }

  private demandsOf(context: ExecutionContext): Demands {
    const [type, handler] = [context.getClass(), context.getHandler()];
    const ofClass = this.known.get(type) ?? new Map<unknown, Demands>();
    const known = ofClass.get(handler);
    if (known) return known;
    const of = <T>(key: string): T | undefined => this.reflector.getAllAndOverride<T | undefined>(key, [handler, type]);
    const demands = {
      open: of<boolean>(isPublic) ?? false,
      allowed: of<Role[]>(allowedRoles) ?? [],
      key: of<boolean>(needsIdempotencyKey) ?? false,
      body: takesBody(context),
    };
    this.known.set(type, ofClass.set(handler, demands));
    return demands;
  }
}

/** Whether a parameter of the handler is decorated with `@Body()`. */
function takesBody(context: ExecutionContext): boolean {
  const parameters = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) as
    object | undefined;
  return Object.keys(parameters ?? {}).some((key) => key.startsWith(`${RouteParamtypes.BODY}:`));
}

/** An act that needs no words takes none: nothing, or an empty object. */
function refuseBody(body: unknown): void {
  const errors = Object.keys((body ?? {}) as object).map((property) => ({
    pointer: `/${property}`,
    detail: `property ${property} should not exist`,
  }));
  if (errors.length > 0)
    throw new RequestProblem(400, 'invalid-request', 'This takes no body, or an empty object.', errors.slice(0, 100));
}
