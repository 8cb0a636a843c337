import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { allowedRoles, isPublic, type Role } from './access';
import { Authentication } from './authentication';
import { needsIdempotencyKey } from './http';
import { RequestProblem } from './problem';

/** Before every route: a good token, a role that the route allows, the key that a creation needs. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: Authentication,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const of = <T>(key: string): T | undefined => this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { authorization } = request.headers;
    if (authorization !== undefined) request.principal = await this.authentication.principalOf(authorization);
    if (!of<boolean>(isPublic)) {
      if (!request.principal) throw new RequestProblem(401, 'not-authenticated', 'This needs an access token. Send "Authorization: Bearer <access token>".');
      const allowed = of<Role[]>(allowedRoles) ?? [];
      if (!request.principal.roles.some((role) => allowed.includes(role))) {
        throw new RequestProblem(403, 'not-allowed', `This is for ${allowed.join(', ') || 'nobody'}. Your roles: ${request.principal.roles.join(', ') || 'none'}.`);
      }
    }
    if (of<boolean>(needsIdempotencyKey) && request.headers['idempotency-key'] === undefined) {
      throw new RequestProblem(400, 'idempotency-key-required', 'Send an Idempotency-Key of your own making, so that repeating the request cannot create twice.');
    }
    return true;
  }
}
