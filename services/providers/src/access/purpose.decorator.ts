import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RequestProblem } from '@okienko/chassis/problem';
import type { FastifyRequest } from 'fastify';

const shape = /^[A-Z][A-Z0-9_]{0,63}$/;

/** What the caller touches personal data for: header `Okienko-Purpose`, a code, SERVICE_DELIVERY unless said otherwise. */
export const Purpose = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const given = context.switchToHttp().getRequest<FastifyRequest>().headers['okienko-purpose'] ?? 'SERVICE_DELIVERY';
  if (typeof given === 'string' && shape.test(given)) return given;
  throw new RequestProblem(
    400,
    'purpose-malformed',
    'Okienko-Purpose must be a code in capitals, such as SERVICE_DELIVERY or COMPLAINT.',
  );
});
