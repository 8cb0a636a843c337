import { publishable } from '@okienko/contracts/publishable';
import { ageBands, type CaseLoad, type CoordinatorLoad } from './case-load';
import type { CaseLoadFigures, Figure } from './case-load.dto';

const withheld: Figure = { value: null, why: 'TOO_FEW_PERSONS' };

interface Column {
  readonly total: Figure;
  readonly cells: readonly Figure[];
}

/** Counts that add up, with their total. Without a `smallest` all are told. */
export function column(counts: readonly number[], smallest: number | undefined): Column {
  const told = publishable(
    counts.map((count, index) => ({ index, count })),
    smallest ?? 0,
  );
  const open = new Set(told?.told.map(({ index }) => index));
  return {
    total: told ? { value: told.total } : withheld,
    cells: counts.map((value, index) => (open.has(index) ? { value } : withheld)),
  };
}

/** What is worked out of a count is told where the count is. */
const beside = (count: Figure, value: number | null): Figure => (count.why ? withheld : { value });

/** The figures for a reader inside the unit, or with the `smallest` that leaves it for one outside. */
export function figuresOf(load: CaseLoad, smallest?: number): CaseLoadFigures {
  const ages = column(load.ages, smallest).cells;
  return {
    ...coordinatorsOf(load, smallest),
    ages: ageBands.map((from, band) => ({ from, to: lastDayOf(band), applications: ages[band] ?? withheld })),
    ...draftingOf(load, smallest),
    ...waitingOf(load, smallest),
    ...referralsOf(load, smallest),
    durations: load.durations.map(({ until, matters, medianDays }) => {
      const { total } = column([matters], smallest);
      return { until, matters: total, medianDays: beside(total, medianDays) };
    }),
  };
}

function lastDayOf(band: number): number | null {
  const next = ageBands[band + 1];
  return next === undefined ? null : next - 1;
}

function coordinatorsOf(
  { coordinators }: CaseLoad,
  smallest: number | undefined,
): Pick<CaseLoadFigures, 'totals' | 'coordinators'> {
  const of = (count: (row: CoordinatorLoad) => number): Column => column(coordinators.map(count), smallest);
  const applications = of(({ openApplications }) => openApplications);
  const plans = of(({ plansInForce }) => plansInForce);
  const deadlines = of(({ openDeadlines }) => openDeadlines);
  return {
    totals: { openApplications: applications.total, plansInForce: plans.total, openDeadlines: deadlines.total },
    coordinators: coordinators.map(({ coordinator }, row) => ({
      coordinator,
      openApplications: applications.cells[row] ?? withheld,
      plansInForce: plans.cells[row] ?? withheld,
      openDeadlines: deadlines.cells[row] ?? withheld,
    })),
  };
}

function draftingOf({ drafting }: CaseLoad, smallest: number | undefined): Pick<CaseLoadFigures, 'drafting'> {
  const { total, cells } = column([drafting.inTime, drafting.late], smallest);
  const [inTime = withheld, late = withheld] = cells;
  const drafted = drafting.inTime + drafting.late;
  const percent = drafted === 0 ? null : Math.round((100 * drafting.inTime) / drafted);
  return { drafting: { drafted: total, inTime, late, percentInTime: beside(inTime, percent) } };
}

function waitingOf({ waiting }: CaseLoad, smallest: number | undefined): Pick<CaseLoadFigures, 'waiting'> {
  const { total, cells } = column(
    waiting.map((service) => service.waiting),
    smallest,
  );
  const services = waiting.map(({ programmeId, serviceCode, medianDays }, row) => {
    const figure = cells[row] ?? withheld;
    return { programmeId, serviceCode, waiting: figure, medianDays: beside(figure, medianDays) };
  });
  return { waiting: { waiting: total, services } };
}

/** Accepted and declined of all contractors add up to all answers. */
function referralsOf({ referrals }: CaseLoad, smallest: number | undefined): Pick<CaseLoadFigures, 'referrals'> {
  const { total, cells } = column(
    referrals.flatMap(({ accepted, declined }) => [accepted, declined]),
    smallest,
  );
  const providers = referrals.map(({ providerId }, row) => ({
    providerId,
    accepted: cells[2 * row] ?? withheld,
    declined: cells[2 * row + 1] ?? withheld,
  }));
  return { referrals: { answered: total, providers } };
}
