import { addDays, type Day } from '@okienko/contracts/calendar';
import { encryptField, type Place } from '@okienko/privacy/sealed-column';
import type { Chance } from '../chance';
import { type Mould, type MouldEvent, sealedMark } from './moulds';

/** What becomes rows of the services: by table, as JSON, and events in their order. */
export interface Cast {
  readonly rows: readonly { readonly table: string; readonly json: string }[];
  readonly events: readonly MouldEvent[];
}

export interface Life {
  readonly personId: string;
  /** The person's key in the city. */
  readonly key: Buffer;
  readonly filedOn: Day;
}

type Part = string | { readonly id: string } | { readonly day: Day } | { readonly notice: string };
type Parts = readonly Part[];

interface Sealed {
  readonly place: Omit<Place, 'rowId'>;
  readonly rowId: string;
  readonly text: string;
}

interface Row {
  readonly table: string;
  readonly parts: Parts;
  readonly sealed: readonly { readonly column: string; readonly seal: Sealed }[];
}

interface Event {
  readonly service: MouldEvent['service'];
  readonly id: string;
  readonly aggregateId: string;
  readonly fact: MouldEvent;
  readonly parts: Parts;
}

const tokens =
  /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|(20\d\d-\d\d-\d\d)|(KU\/[\w-]+\/\d+\/20\d\d)/g;

/** Cut up once, and put together again for each life with ids, days, numbers and seals of its own. */
export class Caster {
  private readonly rows: readonly Row[];
  private readonly events: readonly Event[];

  constructor(
    private readonly mould: Mould,
    /** Offers, providers … of the moulds' world, as they are called in the city. */
    private readonly shared: ReadonlyMap<string, string>,
    private readonly chance: Chance,
    private readonly noticeOf: (unit: string, year: string) => number,
  ) {
    // Of what the moulds did not bring about themselves, such as the edition of a clause, the day stays.
    const cut = (text: string): Parts => partsOf(text, addDays(mould.began, -30));
    this.rows = mould.rows.map(({ table, row }) => {
      const sealed = Object.entries(row).flatMap(([column, value]) => {
        if (typeof value !== 'string' || !value.startsWith(sealedMark)) return [];
        const { rowId, text, ...place } = JSON.parse(value.slice(sealedMark.length)) as Sealed['place'] & Sealed;
        return [{ column, seal: { place, rowId, text } }];
      });
      const plain = Object.fromEntries(
        Object.entries(row).filter(([column]) => !sealed.some((s) => s.column === column)),
      );
      return { table, sealed, parts: cut(JSON.stringify(plain)) };
    });
    this.events = mould.events.map((fact) => ({
      service: fact.service,
      id: fact.id,
      aggregateId: fact.aggregate_id,
      fact,
      parts: cut(fact.event),
    }));
  }

  cast({ personId, key, filedOn }: Life): Cast {
    const days = daysBetween(this.mould.began, filedOn);
    const at = Date.parse(`${filedOn}T08:00:00Z`);
    const ids = new Map(this.shared).set(this.mould.personId, personId);
    const idOf = (id: string): string => {
      let own = ids.get(id);
      if (own === undefined) ids.set(id, (own = this.freshId(at)));
      return own;
    };
    const notices = new Map<string, string>();
    const noticeOf = (notice: string): string => {
      let own = notices.get(notice);
      if (own === undefined) {
        const [, unit = ''] = notice.split('/');
        const year = addDays(filedOn, 7).slice(0, 4);
        notices.set(notice, (own = `KU/${unit}/${this.noticeOf(unit, year)}/${year}`));
      }
      return own;
    };
    const dayOf = memo((day: Day) => addDays(day, days));
    const put = (parts: Parts): string =>
      parts
        .map((part) =>
          typeof part === 'string'
            ? part
            : 'id' in part
              ? idOf(part.id)
              : 'day' in part
                ? dayOf(part.day)
                : noticeOf(part.notice),
        )
        .join('');
    return {
      rows: this.rows.map(({ table, parts, sealed }) => {
        const seals = sealed.map(({ column, seal: { place, rowId, text } }) => {
          const bytes = encryptField(key, text, { ...place, rowId: idOf(rowId) });
          return `"${column}":"\\\\x${bytes.toString('hex')}"`;
        });
        const json = put(parts);
        return { table, json: seals.length === 0 ? json : `{${seals.join(',')},${json.slice(1)}` };
      }),
      events: this.events.map(({ fact, id, aggregateId, parts }) => ({
        ...fact,
        id: idOf(id),
        aggregate_id: idOf(aggregateId),
        event: put(parts),
      })),
    };
  }

  /** As time goes by so do ids (RFC 9562, version 7), which keeps what belongs together together in the indexes. */
  private freshId(at: number): string {
    const time = at.toString(16).padStart(12, '0');
    const hex = (digits: number): string =>
      Math.floor(this.chance.next() * 16 ** digits)
        .toString(16)
        .padStart(digits, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-8${hex(3)}-${hex(6)}${hex(6)}`;
  }
}

function partsOf(text: string, since: Day): Parts {
  const parts: Part[] = [];
  let end = 0;
  const literal = (piece: string): void => {
    if (piece !== '') parts.push(piece);
  };
  for (const match of text.matchAll(tokens)) {
    const [found, id, day, notice] = match;
    if (day !== undefined && day < since) continue;
    literal(text.slice(end, match.index));
    end = match.index + found.length;
    parts.push(id !== undefined ? { id } : day !== undefined ? { day } : { notice: notice ?? '' });
  }
  literal(text.slice(end));
  return parts;
}

const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

function memo(of: (key: string) => string): (key: string) => string {
  const known = new Map<string, string>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = of(key)));
    return value;
  };
}
