export interface Curve {
  readonly name: string;
  /** Milliseconds at each size. */
  readonly values: readonly number[];
}

const [width, height] = [720, 420];
const area = { left: 60, right: 560, top: 24, bottom: 360 };
/** Told apart by those who see colours otherwise (Okabe and Ito), and readable on light and on dark. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];

/** 95th percentiles by size, both logarithmic, so that "no more than 1.3 times" is the same height everywhere. */
export function plot(sizes: readonly number[], curves: readonly Curve[]): string {
  const all = curves.flatMap(({ values }) => values);
  const [least, most] = [2 ** Math.floor(Math.log2(Math.min(...all))), 2 ** Math.ceil(Math.log2(Math.max(...all)))];
  const x = (size: number): number => between(size, sizes[0] ?? 1, sizes.at(-1) ?? 1, area.left, area.right);
  const y = (value: number): number => between(value, least, most, area.bottom, area.top);
  const steps = Array.from({ length: Math.log2(most / least) + 1 }, (_, n) => least * 2 ** n);
  const parts = [
    ...steps.map(
      (step) =>
        `<path class="grid" d="M${area.left} ${y(step)}H${area.right}"/><text x="${area.left - 8}" y="${y(step) + 4}" text-anchor="end">${step}</text>`,
    ),
    ...sizes.map(
      (size) =>
        `<path class="grid" d="M${x(size)} ${area.top}V${area.bottom}"/><text x="${x(size)}" y="${area.bottom + 20}" text-anchor="middle">${size.toLocaleString('en')}</text>`,
    ),
    `<text x="${(area.left + area.right) / 2}" y="${area.bottom + 44}" text-anchor="middle">cases</text>`,
    `<text x="${area.left}" y="14">95th percentile, ms</text>`,
    ...curves.map(({ values }, at) => {
      const colour = colours[at % colours.length];
      const points = values.map((value, n) => `${x(sizes[n] ?? 1)},${y(value).toFixed(1)}`);
      const dots = points.map((point) => `<circle cx="${point.replace(',', '" cy="')}" r="4" fill="${colour}"/>`);
      return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}`;
    }),
    ...labels(curves, y).map(
      ({ name, at, height: where }) =>
        `<text x="${area.right + 12}" y="${where + 4}" style="fill:${colours[at % colours.length]}">${name}</text>`,
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="95th percentile of each route by the number of cases">
<style>text{font:13px system-ui,sans-serif;fill:#333}.grid{stroke:#8886;stroke-width:1}@media(prefers-color-scheme:dark){text{fill:#ccc}}</style>
${parts.join('\n')}
</svg>
`;
}

function between(value: number, from: number, to: number, start: number, end: number): number {
  return start + (Math.log(value / from) / Math.log(to / from)) * (end - start);
}

const lineHeight = 17;

/** Beside the ends of their curves, as near as they can be without lying over each other. */
function labels(
  curves: readonly Curve[],
  y: (value: number) => number,
): { name: string; at: number; height: number }[] {
  const wanted = curves
    .map(({ name, values }, at) => ({ name, at, height: y(values.at(-1) ?? 1) }))
    .sort((one, other) => one.height - other.height);
  let above = -Infinity;
  return wanted.map(({ height: want, ...label }) => {
    above = Math.max(want, above + lineHeight);
    return { ...label, height: above };
  });
}
