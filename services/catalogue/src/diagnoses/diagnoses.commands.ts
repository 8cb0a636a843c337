import { Injectable } from '@nestjs/common';
import { type Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { type Consultation, Diagnosis } from './diagnosis';
import type { DiagnosisContent } from './diagnosis-content';

@Injectable()
export class DiagnosisCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  draft(content: DiagnosisContent): Promise<Changed> {
    return this.work.run(async ({ save }) => {
      const diagnosis = Diagnosis.draft(uuidv7(), content, this.today);
      await save(diagnosis, diagnosis.drafted());
      return { id: diagnosis.id, version: diagnosis.version };
    });
  }

  revise(id: string, expectedVersion: number, content: DiagnosisContent): Promise<Changed> {
    return this.work.change(Diagnosis, id, expectedVersion, (diagnosis) => diagnosis.revise(content, this.today));
  }

  consult(id: string, expectedVersion: number, consultation: Consultation): Promise<Changed> {
    return this.work.change(Diagnosis, id, expectedVersion, (diagnosis) => diagnosis.consult(consultation, this.today));
  }

  withdraw(id: string, expectedVersion: number, reasonCode: string): Promise<Changed> {
    return this.work.change(Diagnosis, id, expectedVersion, (diagnosis) => diagnosis.withdraw(reasonCode));
  }

  /** Whatever is in force of its gminas gives way in the same transaction. */
  adopt(id: string, expectedVersion: number, adoptedOn: Day): Promise<Changed> {
    return this.work.change(Diagnosis, id, expectedVersion, async (diagnosis, work) => {
      const former = await takePlaces(work, diagnosis);
      const adopted = diagnosis.adopt(adoptedOn, former, this.today);
      for (const one of former) await work.save(one, one.supersede(id));
      return adopted;
    });
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}

/** Puts it in force in each of its gminas, and says what was. Whoever adopts another one of the same gmina at that moment waits. */
async function takePlaces({ query, load }: Work, { id, gminas }: Diagnosis): Promise<Diagnosis[]> {
  const places = [...gminas].sort();
  await query(
    `insert into diagnosis_in_force (terc, diagnosis_id)
     select terc, $2 from unnest($1::text[]) with ordinality as place (terc, n) order by n
     on conflict (terc) do nothing`,
    [places, id],
  );
  const taken = await query<{ diagnosisId: string }>(
    `select diagnosis_id as "diagnosisId" from diagnosis_in_force where terc = any($1) order by terc for update`,
    [places],
  );
  const former = new Set(taken.map(({ diagnosisId }) => diagnosisId).filter((diagnosisId) => diagnosisId !== id));
  await query('update diagnosis_in_force set diagnosis_id = $2 where terc = any($1)', [places, id]);
  const diagnoses: Diagnosis[] = [];
  for (const one of [...former].sort()) diagnoses.push(await load(Diagnosis, one));
  return diagnoses;
}
