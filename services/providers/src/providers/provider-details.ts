import { isDeepStrictEqual } from 'node:util';
import type { Day } from '@okienko/contracts/calendar';
import type { Fault } from '@okienko/contracts/domain-error';
import { providerRegisteredV1 } from '@okienko/contracts/providers/provider-registered.v1';

export const providerKinds = providerRegisteredV1.properties.kind.enum;
export type ProviderKind = (typeof providerKinds)[number];

export const identifiers = ['nip', 'regon', 'krs', 'rpwdl'] as const;
export type IdentifierName = (typeof identifiers)[number];

/** What it performs: an offer of the catalogue, or a service by the code that programmes give it. */
export interface PerformedService {
  readonly offerId?: string;
  readonly code?: string;
}

/** A qualification or permit of the body itself. */
export interface Permit {
  readonly code: string;
  readonly number?: string;
  readonly from: Day;
  /** Its last day; absent where it does not run out. */
  readonly to?: Day;
}

/** The entry of a provider in the register. */
export interface ProviderDetails {
  readonly kind: ProviderKind;
  /** By language tag; `pl` is always there. */
  readonly name: { readonly pl: string };
  readonly nip?: string;
  readonly regon?: string;
  readonly krs?: string;
  /** Of a medical entity: the number of its book in RPWDL. */
  readonly rpwdl?: string;
  readonly terc?: string;
  readonly address?: string;
  readonly services?: readonly PerformedService[];
  readonly permits?: readonly Permit[];
}

/** The parts of an entry, as an event names them. */
const aspects = {
  KIND: ['kind'],
  NAME: ['name'],
  IDENTIFIERS: identifiers,
  SEAT: ['terc', 'address'],
  SERVICES: ['services'],
  PERMITS: ['permits'],
} as const satisfies Record<string, readonly (keyof ProviderDetails)[]>;
export type Aspect = keyof typeof aspects;

/** What was verified; when it changes, nobody has verified what is there now. */
export const verifiedAspects: readonly Aspect[] = ['KIND', 'NAME', 'IDENTIFIERS', 'PERMITS'];

type Entry = Readonly<Record<keyof ProviderDetails, unknown>>;

export const changedAspects = (before: Entry, after: Entry): Aspect[] =>
  (Object.keys(aspects) as Aspect[]).filter((aspect) =>
    aspects[aspect].some((key) => !isDeepStrictEqual(plain(before[key]), plain(after[key]))),
  );

/** As the database gives it back: without classes. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

/** All that is wrong within the entry itself, each fault with its place. */
export function faultsWithin({ services = [], permits = [] }: ProviderDetails): Fault[] {
  const named = services.flatMap(({ offerId, code }, index) =>
    (offerId === undefined) === (code === undefined)
      ? [{ pointer: `/services/${index}`, detail: 'must name an offerId or a code, one of them' }]
      : [],
  );
  const reversed = permits.flatMap(({ from, to }, index) =>
    to !== undefined && to < from
      ? [{ pointer: `/permits/${index}/to`, detail: 'must not be before its first day' }]
      : [],
  );
  return [...named, ...reversed];
}
