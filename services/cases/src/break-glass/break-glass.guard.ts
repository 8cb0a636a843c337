import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { RequestProblem } from '@okienko/chassis/problem';
import { Clock } from '@okienko/messaging/clock';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { type Sight, withSight } from '../access/sight';
import { recordsOf } from '../persons/standing';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What leaves as a whole: papers, on which an address may stand that has become confidential since, and copies. */
const takesOut = /\/(content|copy|accesses|accesses\.pdf)$|\.csv$/;
/** A search is a read in the shape of a POST. */
const isLook = ({ method, routeOptions: { url = '' } }: FastifyRequest): boolean =>
  (method === 'GET' && !takesOut.test(url)) || url === '/persons/search';

/**
 * After the guard of the token: who says with `Okienko-Break-Glass` that they look under what they have opened sees it with this request,
 * and only looks.
 */
@Injectable()
export class BreakGlassGuard implements CanActivate {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const id = request.headers['okienko-break-glass'];
    if (id === undefined || !request.principal) return true;
    if (!isLook(request))
      throw new RequestProblem(
        403,
        'break-glass-is-for-looking',
        'Nothing is done or taken out under it. Leave Okienko-Break-Glass out, or let the unit of the person act.',
      );
    request.principal = withSight(request.principal, await this.sight(String(id), request.principal.sub));
    return true;
  }

  private async sight(id: string, account: string): Promise<Sight> {
    const [found] = uuid.test(id)
      ? await this.dataSource.query<Pick<Sight, 'persons'>[]>(select, [id, account, this.clock.now()])
      : [];
    if (found) return { id, persons: found.persons };
    throw new RequestProblem(
      403,
      'break-glass-over',
      'You have opened nothing under this id, or its time is over. Open it anew, with a reason.',
    );
  }
}

const select = `
  select array(${recordsOf.replace('?', 'b.person_id')}) as persons
  from break_glass b where b.id = $1 and b.account = $2 and b.until > $3`;
