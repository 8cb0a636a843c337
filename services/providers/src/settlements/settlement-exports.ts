import { csvOf } from '@okienko/printing/csv';
import type { SettlementLineView, SettlementView } from './settlements.dto';

type Pages = AsyncIterable<readonly SettlementLineView[]>;

const columns = [
  'no',
  'rule',
  'day',
  'late',
  'offerId',
  'unit',
  'quantity',
  'priceGrosze',
  'part',
  'whole',
  'grosze',
  'deliveryId',
  'outcome',
  'corrects',
  'category',
] as const satisfies readonly (keyof SettlementLineView)[];

/** Page by page. */
export async function* linesAsCsv(pages: Pages): AsyncGenerator<string> {
  yield csvOf([columns]);
  for await (const lines of pages)
    yield csvOf(lines.map((line) => columns.map((column) => String(line[column] ?? ''))));
}

/** The settlement with all of its lines, page by page. */
export async function* settlementAsJson(settlement: SettlementView, pages: Pages): AsyncGenerator<string> {
  yield `{"settlement":${JSON.stringify(settlement)},"lines":[`;
  let separator = '';
  for await (const lines of pages) {
    yield separator + lines.map((line) => JSON.stringify(line)).join(',');
    separator = ',';
  }
  yield ']}';
}
