import type { Access } from '../access/personal-data';
import type { DataImport } from './data-import';

/** An import in hand. */
export type Running = Pick<
  DataImport,
  'id' | 'unit' | 'source' | 'kind' | 'dryRun' | 'startedBy' | 'startedAs' | 'purpose'
>;

/** Whoever started it answers for what it does. */
export const accessOf = ({ startedBy, startedAs, unit, purpose }: Running): Access => ({
  caller: { sub: startedBy, roles: startedAs as Access['caller']['roles'], unit },
  purpose,
});
