import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { Authorisation, type AuthorisationTerms } from './authorisation';

@Injectable()
export class AuthorisationCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  grant(terms: AuthorisationTerms, caller: Principal): Promise<Changed> {
    return this.work.run(async ({ save }) => {
      const authorisation = Authorisation.grant(uuidv7(), terms, caller.sub);
      await save(authorisation, authorisation.granted());
      return { id: authorisation.id, version: authorisation.version };
    });
  }

  revoke(id: string, expectedVersion: number): Promise<Changed> {
    return this.work.run(async ({ load, save }) => {
      const authorisation = await load(Authorisation, id, expectedVersion);
      authorisation.revoke(dayOf(this.clock.now()));
      await save(authorisation, authorisation.revoked());
      return { id, version: authorisation.version };
    });
  }
}
