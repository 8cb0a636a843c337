import { addDays, type Day } from '@okienko/contracts/calendar';
import { type Fault, NotInState } from '@okienko/contracts/domain-error';
import type { DomainEvent } from '@okienko/contracts/event';
import { selectionTermOn } from '../terms/selection-terms';
import * as facts from './agreement-events';
import { AgreementIncomplete, MonthSettled, refuse } from './agreement-errors';
import { type AgreementState, transitions } from './agreement-state';
import { type Amended, type Amendment, type AmendmentNote, amended } from './amendment';
import type { Conditions } from './conditions';
import type { Planning, Report, Signing } from './signing';
import type { Funding } from './funding';
import { type Parts, priceList } from './prices';
import {
  assertLimits,
  assertProcedure,
  isInternal,
  isPublicTask,
  type Selection,
  selectionFaults,
  type SelectionMode,
} from './selection';
import { type Outlook, warningsOf } from './warnings';
import { assertWhole } from './whole';

/** On what terms a provider performs services for the centre. Its services and prices (`Parts`) and what orders draw on it have tables of their own. */
export class Agreement {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly providerId: string,
    readonly selectionMode: SelectionMode,
    readonly subject: string,
    readonly from: Day,
    public to: Day,
    public ceilingGrosze: number | null,
    readonly gmina: string | null,
    public state: AgreementState,
    public selection: Selection,
    public number: string | null,
    public signedOn: Day | null,
    public conditions: Conditions,
    public answerDays: number | null,
    public noShowPermille: number,
    public funding: readonly Funding[],
    public reports: readonly Report[],
    public amendments: readonly AmendmentNote[],
    /** What has been warned of, so that it is once. */
    public warnings: readonly string[],
    public suspendedFrom: Day | null,
    public endReason: string | null,
  ) {}

  static plan(id: string, planning: Planning, gmina: string | null): Agreement {
    const { providerId, selectionMode, subject, from, to, ceilingGrosze = null } = planning;
    if (to < from) throw new AgreementIncomplete([{ pointer: '/to', detail: 'The period ends before it begins.' }]);
    assertLimits(selectionMode, from, to, ceilingGrosze);
    const named = [id, 0, providerId, selectionMode, subject, from, to, ceilingGrosze, gmina] as const;
    return new Agreement(...named, 'PLANNED', {}, null, null, {}, null, 0, [], [], [], [], null, null);
  }

  /** The way of the law to an agreement begins: a notice, an order, an offer. */
  procure(selection: Selection, today: Day): DomainEvent {
    this.moveTo('PROCURING');
    refuse(selectionFaults(this.selectionMode, selection));
    assertProcedure(this.selectionMode, selection, selection.announcedOn ?? today);
    this.selection = selection;
    return facts.procurementStarted(this);
  }

  sign(signing: Signing, parts: Parts, today: Day): { parts: Parts; told: [DomainEvent, ...DomainEvent[]] } {
    if (this.state === 'PLANNED' && !isInternal(this.selectionMode))
      throw new NotInState('agreement', 'signed', this.state);
    this.moveTo('SIGNED');
    const { number, signedOn, ceilingGrosze = this.ceilingGrosze, conditions = {}, answerDays = null } = signing;
    const { noShowPermille = 0, funding = [], reportDates = [] } = signing;
    const interim = reportDates.map((dueOn): Report => ({ kind: 'INTERIM', dueOn, receivedOn: null }));
    const reports = isPublicTask(this.selectionMode) ? [...interim, this.finalReport(this.to)] : interim;
    Object.assign(this, { number, signedOn, ceilingGrosze, conditions, answerDays, noShowPermille, funding, reports });
    if (signedOn > today) refuse([notYetSigned]);
    const whole = { services: parts.services, prices: priceList(parts.services, signing.prices ?? []) };
    assertWhole(this, whole);
    return { parts: whole, told: [facts.signed(this, whole), facts.pricesSet(this, whole), ...this.advance(today)] };
  }

  /** What was agreed counts otherwise from a day on. Nothing counts otherwise in a month that is settled. */
  amend(
    amendment: Amendment,
    parts: Parts,
    settledUntil: Day | null,
    today: Day,
  ): Amended & { told: [DomainEvent, ...DomainEvent[]] } {
    if (!['SIGNED', 'ACTIVE', 'SUSPENDED'].includes(this.state))
      throw new NotInState('agreement', 'amended', this.state);
    if (amendment.signedOn > today) refuse([notYetSigned]);
    if (settledUntil !== null && amendment.from <= settledUntil) throw new MonthSettled(settledUntil);
    const result = amended(this, amendment, parts);
    const { terms, note } = result;
    Object.assign(this, terms, { amendments: [...this.amendments, note] });
    this.moveFinalReport();
    if (amendment.from < this.from || amendment.from > this.to)
      refuse([{ pointer: '/from', detail: `The agreement counts from ${this.from} to ${this.to}.` }]);
    assertWhole(this, result.parts);
    const told = facts.amended(this, note, result.parts);
    const counts = amendment.prices ?? amendment.funding ?? amendment.services;
    return { ...result, told: counts ? [told, facts.pricesSet(this, result.parts)] : [told] };
  }

  suspend(today: Day, reasonCode: string): DomainEvent {
    this.moveTo('SUSPENDED');
    this.suspendedFrom = today;
    return facts.suspended(this, today, reasonCode);
  }

  resume(today: Day): DomainEvent {
    if (this.state !== 'SUSPENDED') throw new NotInState('agreement', 'resumed', this.state);
    this.moveTo('ACTIVE');
    this.suspendedFrom = null;
    return facts.resumed(this, today);
  }

  /** Before its time, today. One that has not begun covers no day at all. */
  end(today: Day, reasonCode: string): DomainEvent {
    this.moveTo('ENDED');
    const dayBefore = addDays(this.from, -1);
    const endedOn = today < dayBefore ? dayBefore : today;
    if (endedOn < this.to) this.to = endedOn;
    this.moveFinalReport();
    this.endReason = reasonCode;
    return facts.ended(this, reasonCode);
  }

  cancel(reasonCode: string): DomainEvent {
    this.moveTo('CANCELLED');
    this.endReason = reasonCode;
    return facts.cancelled(this, reasonCode);
  }

  settle(today: Day): DomainEvent {
    this.moveTo('SETTLED');
    refuse(
      this.reports
        .filter(({ receivedOn }) => receivedOn === null)
        .map(({ dueOn }) => ({ pointer: '/reports', detail: `The report due on ${dueOn} is awaited.` })),
    );
    return facts.settled(this, today);
  }

  get isAccountedFor(): boolean {
    return this.state === 'ENDED' && this.reports.every(({ receivedOn }) => receivedOn !== null);
  }

  receiveReport(dueOn: Day, receivedOn: Day, today: Day): DomainEvent {
    const awaited = this.reports.find((report) => report.dueOn === dueOn && report.receivedOn === null);
    if (!awaited) throw new AgreementIncomplete([{ pointer: '/dueOn', detail: 'No report is awaited for that day.' }]);
    if (receivedOn > today)
      refuse([{ pointer: '/receivedOn', detail: 'It is received once it has been, not before.' }]);
    this.reports = this.reports.map((report) => (report === awaited ? { ...report, receivedOn } : report));
    return facts.reportReceived(this, dueOn, receivedOn);
  }

  /** What the calendar brings about by that day. */
  advance(today: Day): DomainEvent[] {
    const told: DomainEvent[] = [];
    if (this.state === 'SIGNED' && this.from <= today) {
      this.moveTo('ACTIVE');
      told.push(facts.activated(this));
    }
    if ((this.state === 'ACTIVE' || this.state === 'SUSPENDED') && this.to < today) {
      this.moveTo('ENDED');
      this.endReason = 'TERM';
      told.push(facts.ended(this, 'TERM'));
    }
    return told;
  }

  /** Warnings that have not been given. One that an amendment has put off is given anew. */
  warn(today: Day, outlook: Outlook): DomainEvent[] {
    const fresh = warningsOf(this, today, outlook).filter(({ name }) => !this.warnings.includes(name));
    this.warnings = [...this.warnings, ...fresh.map(({ name }) => name)];
    return fresh.map(({ told }) => told);
  }

  takesOrders(from: Day, to: Day): boolean {
    return (this.state === 'SIGNED' || this.state === 'ACTIVE') && this.from <= from && to <= this.to;
  }

  private finalReport(lastDay: Day): Report {
    const { value } = selectionTermOn('reportDays', lastDay);
    return { kind: 'FINAL', dueOn: addDays(lastDay, value), receivedOn: null };
  }

  private moveFinalReport(): void {
    this.reports = this.reports.map((report) =>
      report.kind === 'FINAL' && report.receivedOn === null ? this.finalReport(this.to) : report,
    );
  }

  private moveTo(next: AgreementState): void {
    if (!transitions[this.state].includes(next)) throw new NotInState('agreement', next, this.state);
    this.state = next;
  }
}

const notYetSigned: Fault = { pointer: '/signedOn', detail: 'It is signed once it has been, not before.' };
