import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { loadVisible } from '../access/load-visible';
import { type Access, DataErased, PersonalData } from '../access/personal-data';
import { meetDeadline, startDeadline } from '../deadlines/deadlines';
import { Person } from '../persons/person';
import { clockUntil } from '../terms/clocks';
import { ErasureRequest, MustBeKept, type RefusalBasis, RequestOpen } from './erasure-request';
import type { ProlongAnswer } from './erasure-requests.dto';
import { ErasureCommands } from './erasures.commands';
import { mayBeErasedOnRequest } from './file-standing';
import { filesOf } from './person-files';

@Injectable()
export class ErasureRequestCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    private readonly erasures: ErasureCommands,
  ) {}

  async receive(personId: string, receivedOn: Day, access: Access): Promise<Changed> {
    try {
      return await this.work.run(async (work) => {
        const person = await loadVisible(work, Person, personId, access.caller);
        if (person.erasedAt !== null) throw new DataErased();
        const request = ErasureRequest.receive(uuidv7(), person, receivedOn, access.caller.sub, this.today);
        await work.save(request, request.received());
        runUntilAnswered(work, request, person.terc);
        await this.noteWrite(work, request, access);
        return { id: request.id, version: request.version };
      });
    } catch (error) {
      throw isUniqueViolation(error, 'one_open_erasure_request') ? new RequestOpen() : error;
    }
  }

  prolong(id: string, version: number, { reason, informedOn }: ProlongAnswer, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const request = await loadVisible(work, ErasureRequest, id, access.caller, version);
      await work.save(request, request.prolong(reason, informedOn, this.today));
      const { terc } = await work.load(Person, request.personId);
      runUntilAnswered(work, request, terc);
      await this.noteWrite(work, request, access);
      return { id, version: request.version };
    });
  }

  /** All that is held is erased with the answer, if nothing of it has to be kept. */
  grant(id: string, version: number, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const request = await loadVisible(work, ErasureRequest, id, access.caller, version);
      const persons = await this.erasures.lock(work, request.personId);
      await work.save(request, request.grant(access.caller.sub, this.today));
      meetDeadline(work, 'ERASURE_ANSWER', id);
      const survivor = persons.find(({ mergedInto }) => mergedInto === null);
      const [file] = survivor ? await filesOf(work, [survivor.id], this.today) : [];
      if (!file || !mayBeErasedOnRequest(file, this.today)) throw new MustBeKept();
      await this.erasures.erase(work, persons, { basis: 'ART_17' }, access);
      return { id, version: request.version };
    });
  }

  refuse(id: string, version: number, basis: RefusalBasis, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const request = await loadVisible(work, ErasureRequest, id, access.caller, version);
      await work.save(request, request.refuse(basis, access.caller.sub, this.today));
      meetDeadline(work, 'ERASURE_ANSWER', id);
      await this.noteWrite(work, request, access);
      return { id, version: request.version };
    });
  }

  private noteWrite(work: Work, { personId }: ErasureRequest, access: Access): Promise<void> {
    return this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['RETENTION'] });
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}

/** Partners hear of deadlines too, and it is none of their business who has asked: the request alone is named. */
function runUntilAnswered(work: Work, { id, unit, receivedOn, answerBy }: ErasureRequest, terc: string): void {
  const term = clockUntil('ERASURE_ANSWER', receivedOn, answerBy);
  startDeadline(work, { kind: 'ERASURE_ANSWER', subjectId: id, unit, terc, awaited: 'CENTRE', ...term });
}
