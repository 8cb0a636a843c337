import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { blindIndex } from '@okienko/privacy/blind-index';
import { KeyRing } from '@okienko/privacy/key-ring';
import { v7 as uuidv7 } from 'uuid';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { livingPerson } from '../persons/standing';
import { ExternalCase, ExternalCaseExists, type Particulars, type Reference, type Standing } from './external-case';
import type { RegisterExternalCase, UpdateExternalCase } from './external-cases.dto';

@Injectable()
export class ExternalCaseCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly personalData: PersonalData,
    private readonly ring: KeyRing,
  ) {}

  async register(command: RegisterExternalCase, access: Access): Promise<Changed> {
    const { personId, system, number, kindCode } = command;
    try {
      return await this.work.run(async (work) => {
        const { unit } = await livingPerson(work, personId, access);
        const [numberIndex, ...former] = this.indexesOf(number);
        const of = { personId, system, numberIndex };
        await assertNew(work, of, former);
        const id = uuidv7();
        const row = await this.personalData.row(work, personId, 'external_case', id);
        const particulars = row.sealJson('particulars', { number, kindCode } satisfies Particulars);
        const known = ExternalCase.register(id, unit, of, particulars, standingOf(command), access.caller.sub);
        await work.save(known, known.registered());
        return this.logged(work, known, access);
      });
    } catch (error) {
      throw isUniqueViolation(error, 'one_reference_to_a_case') ? new ExternalCaseExists() : error;
    }
  }

  /** All of it as it should stand; system and number stay. */
  update(id: string, expectedVersion: number, command: UpdateExternalCase, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const known = await loadVisible(work, ExternalCase, id, access.caller, expectedVersion);
      const row = await this.personalData.row(work, known.personId, 'external_case', id);
      const { number } = row.openJson<Particulars>('particulars', known.particulars);
      const { kindCode } = command;
      known.update(row.sealJson('particulars', { number, kindCode } satisfies Particulars), standingOf(command));
      await work.save(known, known.updated());
      return this.logged(work, known, access);
    });
  }

  private indexesOf(number: string): [Buffer, ...Buffer[]] {
    const [current, ...former] = this.ring.blindIndexKeys.map(({ key }) => numberIndexOf(key, number));
    return [current ?? numberIndexOf(this.ring.blindIndexKey, number), ...former];
  }

  private async logged(work: Work, { id, version, personId }: ExternalCase, access: Access): Promise<Changed> {
    await this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['EXTERNAL_CASE'], caseRef: id });
    return { id, version };
  }
}

export const numberIndexOf = (key: Buffer, number: string): Buffer => blindIndex(key, 'external-case.number', number);

/** Two at once are kept apart by the constraint. */
async function assertNew(
  { query }: Work,
  { personId, system, numberIndex }: Reference,
  former: readonly Buffer[],
): Promise<void> {
  const [known] = await query(
    'select id from external_case where person_id = $1 and system = $2 and number_index = any ($3::bytea[])',
    [personId, system, [numberIndex, ...former]],
  );
  if (known) throw new ExternalCaseExists();
}

const standingOf = ({ status, from, to }: UpdateExternalCase): Standing => ({ status, from, to: to ?? null });
