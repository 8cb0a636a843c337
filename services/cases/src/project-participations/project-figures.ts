import { column } from '../case-load/case-load-figures';
import { type Answers, choicesOf, type Indicator, unknown } from '../projects/indicator';
import type { IndicatorFigures, ProjectFigures } from './project-reports.dto';

/** Persons by their answers to each indicator that is chosen from; with a `smallest`, what that leaves for a reader of another unit. */
export function figuresOf(
  indicators: readonly Indicator[],
  answers: readonly (Answers | null)[],
  smallest?: number,
): Pick<ProjectFigures, 'persons' | 'indicators'> {
  return {
    persons: column([answers.length], smallest).total,
    indicators: indicators
      .filter(({ kind }) => kind !== 'COUNT')
      .map((indicator) => countsOf(indicator, answers, smallest)),
  };
}

function countsOf(
  indicator: Indicator,
  answers: readonly (Answers | null)[],
  smallest: number | undefined,
): IndicatorFigures {
  const { code } = indicator;
  const values = [...choicesOf(indicator), unknown];
  const counts = values.map((value) => answers.filter((given) => (given?.[code] ?? unknown) === value).length);
  const { cells, total } = column(counts, smallest);
  return { code, answers: values.map((value, at) => ({ value, persons: cells[at] ?? total })) };
}
