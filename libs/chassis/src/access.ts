import { createParamDecorator, type CustomDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

export const roles = [
  'desk',
  'coordinator',
  'services-organiser',
  'community-organiser',
  'director',
  'finance',
  'provider',
  'partner',
  'auditor',
  'operator',
] as const;
export type Role = (typeof roles)[number];

/** Who calls, as the token says. */
export interface Principal {
  /** Opaque account id. */
  readonly sub: string;
  readonly roles: readonly Role[];
  readonly unit?: string;
  readonly providerId?: string;
  readonly partnerId?: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    principal?: Principal;
  }
}

export const allowedRoles = 'okienko:allowed-roles';
export const isPublic = 'okienko:public';

/** Who may call this route. A route that says nothing is closed to all. */
export const Allow = (...allowed: Role[]): CustomDecorator => SetMetadata(allowedRoles, allowed);
/** No token is needed. One that is sent is checked all the same. */
export const Public = (): CustomDecorator => SetMetadata(isPublic, true);

/** The caller; on a public route undefined without a token. */
export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal | undefined =>
    context.switchToHttp().getRequest<FastifyRequest>().principal,
);

export const has = (caller: Principal | undefined, ...wanted: Role[]): boolean =>
  caller?.roles.some((role) => wanted.includes(role)) ?? false;
