import { addDays, type Day, lastDayOfYears } from '@okienko/contracts/calendar';
import type { Fault } from '@okienko/contracts/domain-error';
import { agreementPlannedV1 } from '@okienko/contracts/providers/agreement-planned.v1';
import type { ProviderKind } from '../providers/provider-details';
import { selectionTermOn } from '../terms/selection-terms';
import { SelectionNotAllowed } from './agreement-errors';

export const selectionModes = agreementPlannedV1.properties.selectionMode.enum;
/** How the provider is chosen (art. 7(2)). */
export type SelectionMode = (typeof selectionModes)[number];

export const taskForms = ['ENTRUST', 'SUPPORT'] as const;
export const procedures = ['BELOW_THRESHOLD', 'GENERAL', 'SOCIAL_SERVICES'] as const;

/** What the law asks for on the way to an agreement; which of it, depends on the mode. */
export interface Selection {
  /** Whether a task is given whole, or only supported. */
  readonly form?: (typeof taskForms)[number];
  readonly announcedOn?: Day;
  readonly offersUntil?: Day;
  readonly offerFiledOn?: Day;
  readonly procedure?: (typeof procedures)[number];
  /** Value of the order without tax. */
  readonly estimatedGrosze?: number;
  readonly noticeNumber?: string;
  /** Entry in the register of medical entities. */
  readonly rpwdlNumber?: string;
}

interface Rules {
  readonly kinds: readonly ProviderKind[];
  readonly needs: readonly (keyof Selection)[];
  readonly may?: readonly (keyof Selection)[];
}

const ngos: readonly ProviderKind[] = ['NGO', 'PUBLIC_BENEFIT_BODY', 'SOCIAL_COOPERATIVE'];
const modes: Readonly<Record<SelectionMode, Rules>> = {
  OWN_UNIT: { kinds: ['OWN_UNIT'], needs: [] },
  GMINA_OFFICE: { kinds: ['GMINA_OFFICE'], needs: [] },
  GMINA_UNIT: { kinds: ['GMINA_UNIT'], needs: [] },
  NGO_OPEN_COMPETITION: { kinds: ngos, needs: ['form', 'announcedOn', 'offersUntil'], may: ['noticeNumber'] },
  NGO_SMALL_GRANT: { kinds: ngos, needs: ['offerFiledOn'] },
  PROCUREMENT: {
    kinds: [...ngos, 'FIRM', 'MEDICAL_ENTITY', 'NATURAL_PERSON'],
    needs: ['procedure', 'estimatedGrosze'],
    may: ['announcedOn', 'offersUntil', 'noticeNumber'],
  },
  MEDICAL_ENTITY: { kinds: ['MEDICAL_ENTITY'], needs: ['rpwdlNumber'], may: ['announcedOn', 'offersUntil'] },
};

/** A unit of the gmina, or the centre itself: it is assigned the task, there is no contract and no price. */
export const isInternal = (kindOrMode: ProviderKind | SelectionMode): boolean =>
  kindOrMode === 'OWN_UNIT' || kindOrMode === 'GMINA_OFFICE' || kindOrMode === 'GMINA_UNIT';

/** A public task given to an organisation: it reports on it. */
export const isPublicTask = (mode: SelectionMode): boolean =>
  mode === 'NGO_OPEN_COMPETITION' || mode === 'NGO_SMALL_GRANT';

export function assertModeFor(mode: SelectionMode, kind: ProviderKind): void {
  if (!modes[mode].kinds.includes(kind))
    throw new SelectionNotAllowed(
      `A provider of kind ${kind} is not chosen by ${mode}. Choose another mode.`,
      'art. 7(2)',
    );
}

/** What is missing, and what does not belong to the mode. */
export function selectionFaults(mode: SelectionMode, selection: Selection): Fault[] {
  const { needs, may = [] } = modes[mode];
  const given = Object.keys(selection) as (keyof Selection)[];
  return [
    ...needs
      .filter((name) => selection[name] === undefined)
      .map((name) => ({ pointer: `/${name}`, detail: `${mode} needs it.` })),
    ...given
      .filter((name) => selection[name] !== undefined && ![...needs, ...may].includes(name))
      .map((name) => ({ pointer: `/${name}`, detail: `It is no part of ${mode}.` })),
  ];
}

/** Rules on notices and on the value of orders. */
export function assertProcedure(mode: SelectionMode, selection: Selection, day: Day): void {
  const { announcedOn, offersUntil, procedure, estimatedGrosze = 0 } = selection;
  if (mode === 'NGO_OPEN_COMPETITION' && announcedOn && offersUntil) {
    const { value, basis } = selectionTermOn('competitionNoticeDays', announcedOn);
    if (offersUntil < addDays(announcedOn, value))
      throw new SelectionNotAllowed(`Offers are taken for at least ${value} days after the notice.`, basis);
  }
  if (mode === 'PROCUREMENT' && procedure) {
    const { procedure: least, basis } = leastProcedure(estimatedGrosze, day);
    if (procedures.indexOf(procedure) < procedures.indexOf(least))
      throw new SelectionNotAllowed(`An order of this value needs the procedure ${least}.`, basis);
  }
}

function leastProcedure(grosze: number, day: Day): { procedure: (typeof procedures)[number]; basis: string } {
  const general = selectionTermOn('procurementGrosze', day);
  const social = selectionTermOn('socialServicesGrosze', day);
  if (grosze >= social.value) return { procedure: 'SOCIAL_SERVICES', basis: social.basis };
  return { procedure: grosze >= general.value ? 'GENERAL' : 'BELOW_THRESHOLD', basis: general.basis };
}

/** How long and how much an agreement of a mode may be. */
export function assertLimits(mode: SelectionMode, from: Day, to: Day, ceilingGrosze: number | null): void {
  if (mode === 'NGO_OPEN_COMPETITION') {
    const { value, basis } = selectionTermOn('competitionYears', from);
    if (to > lastDayOfYears(from, value))
      throw new SelectionNotAllowed(`A public task is given for ${value} years at most.`, basis);
  }
  if (mode === 'NGO_SMALL_GRANT') {
    const days = selectionTermOn('smallGrantDays', from);
    if (to > addDays(from, days.value - 1))
      throw new SelectionNotAllowed(`A small grant is for ${days.value} days at most.`, days.basis);
    const most = selectionTermOn('smallGrantGrosze', from);
    if (ceilingGrosze === null || ceilingGrosze > most.value)
      throw new SelectionNotAllowed(`A small grant has a ceiling of ${most.value} gr at most.`, most.basis);
  }
}
