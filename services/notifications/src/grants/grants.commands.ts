import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { ApprovalCommands, partnerLock } from '../subscriptions/approvals.commands';
import { Grant } from './grant';
import type { GiveGrant } from './grants.dto';

@Injectable()
export class GrantCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly approvals: ApprovalCommands,
  ) {}

  give({ gminas, purpose, ...terms }: GiveGrant, by: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      await work.query(partnerLock, [terms.partnerId]);
      const grant = Grant.give(
        uuidv7(),
        { ...terms, gminas: gminas ?? [], purpose: purpose ?? '' },
        by.sub,
        this.clock.now(),
      );
      await work.save(grant, grant.given());
      if (grant.needsApproval) await this.approvals.askOf(work, grant.partnerId);
      return { id: grant.id, version: grant.version };
    });
  }

  revoke(id: string, expectedVersion: number, by: Principal): Promise<Changed> {
    return this.work.run(async ({ load, save }) => {
      const grant = await load(Grant, id, expectedVersion);
      grant.revoke(by.sub, this.clock.now());
      await save(grant, grant.revoked());
      return { id: grant.id, version: grant.version };
    });
  }
}
