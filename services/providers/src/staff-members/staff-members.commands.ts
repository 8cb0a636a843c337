import type { Changed } from '@okienko/chassis/http';
import type { DomainEvent } from '@okienko/contracts/event';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { keepAct } from '../access/keep-act';
import { loadOwn } from '../access/load-own';
import { type Access, PersonalData } from '../access/personal-data';
import { actsFor } from '../provider-account';
import { Provider } from '../providers/provider';
import { AccountAlreadyNamed, StaffMember } from './staff-member';

@Injectable()
export class StaffMemberCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  async record(providerId: string, account: string, name: string, access: Access): Promise<Changed> {
    try {
      return await this.work.run(async (work) => {
        if (!actsFor(access.caller, providerId)) throw new NotFound('provider');
        await work.load(Provider, providerId);
        const id = uuidv7();
        const row = await this.personalData.newRow(work, 'provider_staff', id);
        const member = StaffMember.record(id, providerId, account, row.seal('name', name));
        return this.saved(work, member, 'RECORD_STAFF', access, member.recorded());
      });
    } catch (error) {
      throw isUniqueViolation(error, 'provider_staff_account_key') ? new AccountAlreadyNamed() : error;
    }
  }

  correctName(id: string, expectedVersion: number, name: string, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const member = await loadOwn(work, StaffMember, id, access.caller, expectedVersion);
      const row = await this.personalData.row(work, 'provider_staff', id);
      return this.saved(work, member, 'CORRECT_STAFF', access, member.correctName(row.seal('name', name)));
    });
  }

  deactivate(id: string, expectedVersion: number, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const member = await loadOwn(work, StaffMember, id, access.caller, expectedVersion);
      return this.saved(work, member, 'DEACTIVATE_STAFF', access, member.deactivate(access.caller.sub));
    });
  }

  reactivate(id: string, expectedVersion: number, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const member = await loadOwn(work, StaffMember, id, access.caller, expectedVersion);
      return this.saved(work, member, 'REACTIVATE_STAFF', access, member.reactivate());
    });
  }

  private async saved(
    work: Work,
    member: StaffMember,
    act: string,
    access: Access,
    fact: DomainEvent,
  ): Promise<Changed> {
    const { id, providerId } = member;
    keepAct(work, access.caller, this.clock, { providerId, act, subjectId: id });
    await work.save(member, fact);
    await this.personalData.record(work, 'WRITE', access, ['IDENTITY'], [id]);
    return { id, version: member.version };
  }
}
