import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import type { DomainEvent } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { keepAct } from '../access/keep-act';
import { loadOwn } from '../access/load-own';
import { type Access, type FieldGroup, PersonalData } from '../access/personal-data';
import { actsFor } from '../provider-account';
import { Provider } from '../providers/provider';
import { Performer } from './performer';
import { lastErasableOn } from './performer-terms';
import type { RegisterPerformer } from './performers.dto';

@Injectable()
export class PerformerCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  register({ name, ...terms }: RegisterPerformer, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      if (!actsFor(access.caller, terms.providerId)) throw new NotFound('provider');
      (await work.load(Provider, terms.providerId)).assertActive();
      const id = uuidv7();
      const row = await this.personalData.newRow(work, 'performer', id);
      const performer = Performer.register(id, { ...terms, name: row.seal('name', name) });
      return this.saved(work, performer, access, 'REGISTER_PERFORMER', performer.registered());
    });
  }

  correctName(id: string, expectedVersion: number, name: string, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const performer = await loadOwn(work, Performer, id, access.caller, expectedVersion);
      const row = await this.personalData.row(work, 'performer', id);
      return this.saved(work, performer, access, 'CORRECT_PERFORMER', performer.correctName(row.seal('name', name)));
    });
  }

  leave(id: string, expectedVersion: number, leftOn: Day, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const performer = await loadOwn(work, Performer, id, access.caller, expectedVersion);
      return this.saved(work, performer, access, 'PERFORMER_LEFT', performer.leave(leftOn));
    });
  }

  /** Of those who left long ago the key is destroyed; answers whether there may be more. Replicas pass over each other's. */
  erase(): Promise<boolean> {
    return this.work.run(async (work) => {
      const today = dayOf(this.clock.now());
      const due = await work.query<{ id: string }>(toErase, [lastErasableOn(today), batch]);
      for (const { id } of due) {
        const performer = await work.load(Performer, id);
        await this.personalData.destroyKey(work, id);
        await work.save(performer, performer.erase(today));
      }
      return due.length === batch;
    });
  }

  private saved(work: Work, performer: Performer, access: Access, act: string, fact: DomainEvent): Promise<Changed> {
    return savePerformer(work, performer, fact, { access, act, clock: this.clock, log: this.personalData });
  }
}

/** Performers a transaction. */
const batch = 100;

// Index `performer_to_erase`.
const toErase = `
  select id from performer where left_on <= $1 and erased_on is null order by left_on, id limit $2 for update skip locked`;

export interface PerformerAct {
  readonly access: Access;
  readonly act: string;
  readonly clock: Clock;
  readonly log: PersonalData;
  readonly fieldGroups?: readonly FieldGroup[];
}

/** Saves with what was done, who did it, and the row of the access log, which comes last. */
export async function savePerformer(
  work: Work,
  performer: Performer,
  fact: DomainEvent,
  { access, act, clock, log, fieldGroups = ['IDENTITY'] }: PerformerAct,
): Promise<Changed> {
  const { id, providerId } = performer;
  keepAct(work, access.caller, clock, { providerId, act, subjectId: id });
  await work.save(performer, fact);
  await log.record(work, 'WRITE', access, fieldGroups, [id]);
  return { id, version: performer.version };
}
