import type { Changed } from '@okienko/chassis/http';
import { addDays, dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { loadOwn } from '../access/load-own';
import { type Access, PersonalData } from '../access/personal-data';
import { Performer } from './performer';
import { performerTermsOn } from './performer-terms';
import { savePerformer } from './performers.commands';
import type { RecordConditions, RecordQualification } from './performers.dto';
import type { Proof } from './proofs';

@Injectable()
export class PerformerProofCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  recordQualification(
    id: string,
    expectedVersion: number,
    { code, from, to, evidenceCode, document }: RecordQualification,
    access: Access,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const performer = await loadOwn(work, Performer, id, access.caller, expectedVersion);
      const proof: Proof = { kind: 'QUALIFICATION', code, allocationId: null, from, to: to ?? null };
      const fact = performer.show(proof);
      const proofId = uuidv7();
      const row = (await this.personalData.row(work, 'performer', id)).beside('performer_proof', proofId);
      const sealed = document === undefined ? null : row.seal('document', document);
      this.keep(work, performer, proof, access, { id: proofId, evidenceCode, document: sealed });
      return savePerformer(work, performer, fact, this.noted(access, 'RECORD_QUALIFICATION'));
    });
  }

  recordConditions(
    id: string,
    expectedVersion: number,
    { allocationId, conditions }: RecordConditions,
    access: Access,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const performer = await loadOwn(work, Performer, id, access.caller, expectedVersion);
      const proofs = conditions.map(({ code, from, to }) => {
        if (performer.condition(code, from).saidBy === 'CENTRE') assertCentre(access.caller);
        return { kind: 'CONDITION', code, allocationId: allocationId ?? null, from, to: to ?? null } as const;
      });
      const fact = performer.meet(proofs, allocationId);
      for (const [index, proof] of proofs.entries()) {
        const evidenceCode = conditions[index]?.evidenceCode ?? '';
        this.keep(work, performer, proof, access, { id: uuidv7(), evidenceCode, document: null });
      }
      return savePerformer(work, performer, fact, this.noted(access, 'RECORD_CONDITIONS'));
    });
  }

  /** It was recorded wrongly, or holds no more; it stays on record and counts for no day. */
  withdraw(id: string, proofId: string, expectedVersion: number, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const performer = await loadOwn(work, Performer, id, access.caller, expectedVersion);
      const [proof] = await work.query<Proof>(
        `select kind, code, allocation_id as "allocationId", first_day as "from", last_day as "to" from performer_proof
         where id = $1 and performer_id = $2 and withdrawn_on is null`,
        [proofId, id],
      );
      if (!proof) throw new NotFound('proof');
      if (proof.kind === 'CONDITION' && performer.condition(proof.code, proof.from).saidBy === 'CENTRE')
        assertCentre(access.caller);
      const today = dayOf(this.clock.now());
      work.send('update performer_proof set withdrawn_on = $2 where id = $1', [proofId, today]);
      return savePerformer(work, performer, performer.withdraw(proof, today), this.noted(access, 'WITHDRAW_PROOF'));
    });
  }

  /** Warns of what runs out soon, once each; answers whether there may be more. Replicas pass over each other's performers. */
  warn(): Promise<boolean> {
    return this.work.run(async ({ query, load, save }) => {
      const today = dayOf(this.clock.now());
      const until = addDays(today, performerTermsOn(today).warnDays);
      const due = await query<Proof & { id: string; performerId: string; matters: boolean }>(runningOut, [
        until,
        batch,
      ]);
      for (const { id, performerId, matters, ...proof } of due) {
        const [marked] = await query(
          'update performer_proof set warned = true where id = $1 and not warned returning 1',
          [id],
        );
        if (!marked || !matters || proof.to === null) continue;
        const performer = await load(Performer, performerId);
        await save(performer, performer.warn(proof, proof.to));
      }
      return due.length === batch;
    });
  }

  private keep(
    { send }: Work,
    { id }: Performer,
    { kind, code, allocationId, from, to }: Proof,
    { caller }: Access,
    more: { id: string; evidenceCode: string; document: Buffer | null },
  ): void {
    send(
      `insert into performer_proof (id, performer_id, kind, code, allocation_id, first_day, last_day, evidence_code, document,
         recorded_by, recorded_on) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        more.id,
        id,
        kind,
        code,
        allocationId,
        from,
        to,
        more.evidenceCode,
        more.document,
        caller.sub,
        dayOf(this.clock.now()),
      ],
    );
  }

  private noted(access: Access, act: string) {
    return { access, act, clock: this.clock, log: this.personalData, fieldGroups: ['QUALIFICATIONS'] as const };
  }
}

/** Proofs a transaction. */
const batch = 100;

// Of somebody who has left, and of what has been renewed, nobody needs to be warned.
const runningOut = `
  select p.id, p.performer_id as "performerId", p.kind, p.code, p.allocation_id as "allocationId", p.first_day as "from", p.last_day as "to",
         f.left_on is null and not exists (
           select 1 from performer_proof later
           where later.performer_id = p.performer_id and later.kind = p.kind and later.code = p.code
             and later.allocation_id is not distinct from p.allocation_id and later.withdrawn_on is null
             and (later.last_day is null or later.last_day > p.last_day)) as matters
  from performer_proof p join performer f on f.id = p.performer_id
  where p.last_day <= $1 and p.withdrawn_on is null and not p.warned
  order by p.last_day, p.id limit $2 for update of f skip locked`;
