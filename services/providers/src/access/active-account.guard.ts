import type { Principal } from '@okienko/chassis/access';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { ownOnly } from '../provider-account';
import { AccountInactive } from '../staff-members/staff-member';

/** After the guard of the platform: an account that its provider has shut out gets nothing. One that the provider never named gets in. */
@Injectable()
export class ActiveAccountGuard implements CanActivate {
  constructor(private readonly dataSource: DataSource) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const caller = context.switchToHttp().getRequest<FastifyRequest>().principal;
    if (caller && (await this.isShutOut(caller))) throw new AccountInactive();
    return true;
  }

  private async isShutOut(caller: Principal): Promise<boolean> {
    const own = ownOnly(caller);
    if (own === undefined) return false;
    const found = await this.dataSource.query<unknown[]>(
      'select 1 from provider_staff where provider_id = $1 and account = $2 and not active',
      [own, caller.sub],
    );
    return found.length > 0;
  }
}
