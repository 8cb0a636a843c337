import { addMonths, type Day } from '@okienko/contracts/calendar';
import { diagnosisAdoptedV1 } from '@okienko/contracts/catalogue/diagnosis-adopted.v1';
import { diagnosisConsultedV1 } from '@okienko/contracts/catalogue/diagnosis-consulted.v1';
import { diagnosisDraftedV1 } from '@okienko/contracts/catalogue/diagnosis-drafted.v1';
import { diagnosisRevisedV1 } from '@okienko/contracts/catalogue/diagnosis-revised.v1';
import { diagnosisSupersededV1 } from '@okienko/contracts/catalogue/diagnosis-superseded.v1';
import { diagnosisWithdrawnV1 } from '@okienko/contracts/catalogue/diagnosis-withdrawn.v1';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DataOf, type DomainEvent, event, type EventContract } from '@okienko/contracts/event';
import type { Localised } from '../localised';
import { DaysReversed, NotYetHappened } from '../programmes/programme-errors';
import { termsOn } from '../terms/statutory-terms';
import { assertComplete, assertConsistent, type DiagnosisContent } from './diagnosis-content';

export const diagnosisStates = ['DRAFT', 'CONSULTED', 'ADOPTED', 'SUPERSEDED', 'WITHDRAWN'] as const;
export type DiagnosisState = (typeof diagnosisStates)[number];

/** Once adopted it never changes: what has changed since stands in another diagnosis, which takes its place. */
const nextStates: Record<DiagnosisState, readonly DiagnosisState[]> = {
  DRAFT: ['CONSULTED', 'WITHDRAWN'],
  CONSULTED: ['CONSULTED', 'ADOPTED', 'WITHDRAWN'],
  ADOPTED: ['SUPERSEDED'],
  SUPERSEDED: [],
  WITHDRAWN: [],
};

export const consultationForms = ['WEB_FORM', 'PAPER_FORM', 'E_MAIL', 'OPEN_MEETING', 'OTHER'] as const;
const mostConsultations = 50;

/** How the draft was put before the community, and what came of it. Results bind nobody. */
export interface Consultation {
  readonly from: Day;
  readonly to: Day;
  readonly forms: readonly (typeof consultationForms)[number][];
  readonly participants?: number;
  readonly outcome: Localised;
}

export interface Adoption {
  readonly adoptedOn: Day;
  /** Counts the diagnoses that have followed one another. */
  readonly edition: number;
  readonly nextDueOn: Day;
  readonly supersedes: readonly string[];
}

export interface DiagnosisActs {
  readonly consultations: readonly Consultation[];
  readonly adoption?: Adoption;
  readonly supersededBy?: string;
}

export class NotConsulted extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'diagnosis-not-consulted';
  override readonly basis = 'art. 21 ust. 5';
  constructor() {
    super('A diagnosis is consulted with the community before it is handed over. Record a consultation first.');
  }
}

export class GminasLeftOut extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'gminas-left-out';
  override readonly basis = 'art. 21 ust. 4';
  constructor(gminas: readonly string[]) {
    super(`It would leave ${gminas.join(', ')} without a diagnosis. Cover every gmina of the one that it follows.`);
  }
}

export class ConsultedTooOften extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'consulted-too-often';
  constructor() {
    super(`${mostConsultations} consultations are recorded of it, and there is room for no more.`);
  }
}

/** The diagnosis of needs and potential of the local community (art. 21): made every five years, and anew on a material change. */
export class Diagnosis {
  private constructor(
    readonly id: string,
    readonly version: number,
    private state: DiagnosisState,
    private content: DiagnosisContent,
    private acts: DiagnosisActs,
  ) {}

  static draft(id: string, content: DiagnosisContent, today: Day): Diagnosis {
    assertConsistent(content, termsOn(today).smallestFigure);
    return new Diagnosis(id, 0, 'DRAFT', content, { consultations: [] });
  }

  get gminas(): readonly string[] {
    return this.content.gminas;
  }

  get edition(): number {
    return this.acts.adoption?.edition ?? 0;
  }

  drafted(): DomainEvent<typeof diagnosisDraftedV1> {
    return this.tell(diagnosisDraftedV1, { gminas: [...this.gminas] });
  }

  /** Words the draft anew, also after a consultation: that is what it is for. */
  revise(content: DiagnosisContent, today: Day): DomainEvent<typeof diagnosisRevisedV1> {
    if (!this.isDraft) throw new NotInState('diagnosis', 'revised', this.state);
    assertConsistent(content, termsOn(today).smallestFigure);
    this.content = content;
    return this.tell(diagnosisRevisedV1, { gminas: [...this.gminas] });
  }

  consult(consultation: Consultation, today: Day): DomainEvent<typeof diagnosisConsultedV1> {
    const { from, to } = consultation;
    this.moveTo('CONSULTED', 'consulted');
    if (to < from) throw new DaysReversed(from, to);
    if (to > today) throw new NotYetHappened(to);
    if (this.acts.consultations.length >= mostConsultations) throw new ConsultedTooOften();
    this.acts = { ...this.acts, consultations: [...this.acts.consultations, consultation] };
    return this.tell(diagnosisConsultedV1, { from, to });
  }

  /**
   * Final on the day on which it was handed to the mayor and the council. `former` are the diagnoses in force of its gminas, and it takes
   * their place.
   */
  adopt(adoptedOn: Day, former: readonly Diagnosis[], today: Day): DomainEvent<typeof diagnosisAdoptedV1> {
    if (this.state === 'DRAFT') throw new NotConsulted();
    this.moveTo('ADOPTED', 'adopted');
    assertComplete(this.content);
    if (adoptedOn > today) throw new NotYetHappened(adoptedOn);
    for (const { to } of [this.content.survey, ...this.acts.consultations])
      if (adoptedOn < to) throw new DaysReversed(to, adoptedOn);
    const leftOut = former.flatMap((one) => one.gminas).filter((terc) => !this.gminas.includes(terc));
    if (leftOut.length > 0) throw new GminasLeftOut(leftOut);
    const adoption = {
      adoptedOn,
      edition: Math.max(0, ...former.map((one) => one.edition)) + 1,
      nextDueOn: addMonths(adoptedOn, termsOn(adoptedOn).diagnosisYears * 12),
      supersedes: former.map(({ id }) => id),
    };
    this.acts = { ...this.acts, adoption };
    return this.tell(diagnosisAdoptedV1, { ...adoption, gminas: [...this.gminas] });
  }

  supersede(supersededBy: string): DomainEvent<typeof diagnosisSupersededV1> {
    this.moveTo('SUPERSEDED', 'superseded');
    this.acts = { ...this.acts, supersededBy };
    return this.tell(diagnosisSupersededV1, { supersededBy });
  }

  withdraw(reasonCode: string): DomainEvent<typeof diagnosisWithdrawnV1> {
    this.moveTo('WITHDRAWN', 'withdrawn');
    return this.tell(diagnosisWithdrawnV1, { reasonCode });
  }

  private get isDraft(): boolean {
    return this.state === 'DRAFT' || this.state === 'CONSULTED';
  }

  /** An event of one gmina says so; one of several lists them. */
  private tell<C extends EventContract>(contract: C, data: DataOf<C>): DomainEvent<C> {
    return event(contract, this.id, data, this.gminas.length === 1 ? this.gminas[0] : undefined);
  }

  private moveTo(next: DiagnosisState, act: string): void {
    if (!nextStates[this.state].includes(next)) throw new NotInState('diagnosis', act, this.state);
    this.state = next;
  }
}
