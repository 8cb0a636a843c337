import { addDays, addMonths, ageOn, type Day } from '../calendar';
import type { Alternative, Condition, HouseholdCondition, Period, PersonCondition } from './criteria';
import type { Facts, PersonFacts } from './facts';
import { allMet, anyMet, countMet, metIf, type Outcome } from './outcome';
import { andList, bounds, counted, degreeNames, inOne, onceIn, orList, persons, units, years } from './polish';

/** What a code is called: of a statement, a document, a service, a gmina. */
export type NameOf = (code: string) => string;

/** What was found, in plain Polish. */
export interface Finding {
  readonly outcome: Outcome;
  readonly finding: string;
}

/** All that there is to know of one kind of condition. */
interface Kind<C, F = Facts> {
  /** Fields it must have, and those it may have. */
  readonly needs: readonly (keyof C)[];
  readonly takes?: readonly (keyof C)[];
  /** A fault in its values, as a sentence. */
  fault?(condition: C): string | undefined;
  says(condition: C, name: NameOf): string;
  find(condition: C, facts: F, name: NameOf): Finding;
}

const unknown = (finding: string): Finding => ({ outcome: 'UNKNOWN', finding });
const found = (holds: boolean, finding: string): Finding => ({ outcome: metIf(holds), finding });

const reversed = ({ from, to }: { from?: number; to?: number }): string | undefined =>
  from !== undefined && to !== undefined && to < from ? 'its upper bound is below its lower one' : undefined;

type Of<K extends Condition['kind']> = Extract<Condition, { kind: K }>;
type PersonKinds = { readonly [K in PersonCondition['kind']]: Kind<Of<K>, PersonFacts & Pick<Facts, 'on'>> };
type Kinds = { readonly [K in Condition['kind']]: Kind<Of<K>> };

const ofPersons: PersonKinds = {
  AGE: {
    needs: [],
    takes: ['from', 'to'],
    fault: (condition) =>
      condition.from === undefined && condition.to === undefined
        ? 'it names neither a lower nor an upper bound'
        : reversed(condition),
    says: ({ from, to }) => `wiek: ${bounds(from, to, years)}`,
    find: ({ from = 0, to = Infinity }, { birthDate, on }) => {
      if (birthDate === undefined) return unknown('nie podano daty urodzenia');
      const age = ageOn(birthDate, on);
      return found(from <= age && age <= to, `ukończone ${counted(age, years)}`);
    },
  },
  DISABILITY: {
    needs: ['degrees'],
    says: ({ degrees }) => orList(degrees.map((degree) => degreeNames[degree])),
    find: ({ degrees }, { disability }) =>
      disability === undefined
        ? unknown('nie podano, czy jest orzeczenie o niepełnosprawności')
        : found(disability !== 'NONE' && degrees.includes(disability), degreeNames[disability]),
  },
  STATEMENT: {
    needs: ['code'],
    says: ({ code }, name) => `oświadczenie: ${name(code)}`,
    find: ({ code }, { statements }) => {
      const stated = statements?.find((one) => one.code === code)?.holds;
      if (stated === undefined) return unknown('nie złożono oświadczenia');
      return found(stated, stated ? 'oświadczono, że tak jest' : 'oświadczono, że tak nie jest');
    },
  },
  EVIDENCE: {
    needs: ['code'],
    says: ({ code }, name) => `dokument: ${name(code)}`,
    find: ({ code }, { evidence }) =>
      evidence?.includes(code) ? found(true, 'przedstawiono') : unknown('nie przedstawiono dokumentu'),
  },
};

export const kinds: Kinds = {
  ...ofPersons,
  RESIDENCE: {
    needs: ['gminas'],
    says: ({ gminas }, name) => `zamieszkanie: gmina ${orList(gminas.map(name))}`,
    find: ({ gminas }, { residence }, name) =>
      residence === undefined
        ? unknown('nie podano miejsca zamieszkania')
        : found(
            // The seventh digit tells town from countryside within one gmina (TERYT).
            gminas.some((gmina) => gmina.slice(0, 6) === residence.slice(0, 6)),
            `mieszka w gminie ${name(residence)}`,
          ),
  },
  HOUSEHOLD: {
    needs: ['of'],
    takes: ['from', 'to', 'every', 'who'],
    fault: (condition) => {
      const counts = condition.from !== undefined || condition.to !== undefined;
      if (condition.every === true && counts) return 'it asks of everybody, and for a number as well';
      if (condition.every === true && condition.who === undefined) return 'it asks of everybody, but not what';
      return condition.every === true || counts
        ? reversed(condition)
        : 'it names no number and does not ask of everybody';
    },
    says: ({ of, from, to, every, who }, name) => {
      const such = who ? orList(who.map(({ allOf }) => andList(allOf.map((one) => saysOf(one, name))))) : '';
      const others = of === 'OTHERS';
      if (every === true) return `każda ${others ? 'inna ' : ''}osoba w gospodarstwie domowym: ${such}`;
      const where = others ? 'w gospodarstwie domowym oprócz wnioskodawcy' : 'w gospodarstwie domowym';
      return `${where} ${bounds(from, to, persons)}${such && ` (${such})`}`;
    },
    find: (condition, facts) => {
      const { household, on } = facts;
      if (household === undefined) return unknown('nie podano, kto mieszka w gospodarstwie domowym');
      const asked: readonly PersonFacts[] = condition.of === 'OTHERS' ? household : [facts, ...household];
      return ofHousehold(condition, asked, on);
    },
  },
  COOLING_OFF: {
    needs: ['length', 'period'],
    takes: ['serviceCode'],
    says: ({ length, period, serviceCode }, name) =>
      `nie częściej niż raz ${onceIn(length, period)}${serviceCode === undefined ? '' : ` (${name(serviceCode)})`}`,
    find: ({ length, period, serviceCode }, facts) => {
      if (facts.granted === undefined) return unknown('nie wiadomo, co przyznano wcześniej');
      const last = facts.granted
        .filter((grant) => grant.serviceCode === (serviceCode ?? facts.serviceCode))
        .map(({ on }) => on)
        .sort()
        .at(-1);
      if (last === undefined) return found(true, 'dotąd nie przyznano');
      const again = later(last, length, period);
      return found(again <= facts.on, `przyznano ${last}, ponownie można od ${again}`);
    },
  },
  QUOTA: {
    needs: ['unit', 'amount', 'period'],
    says: ({ unit, amount, period }) => `najwyżej ${units(amount, unit)} ${inOne[period]}`,
    find: ({ unit, amount, period }, { used, on, quantity = 1 }) => {
      if (used === undefined) return unknown('nie wiadomo, ile już wykorzystano');
      const spent = used
        .filter((use) => use.unit === unit && startOf(use.on, period) === startOf(on, period))
        .reduce((sum, use) => sum + use.quantity, 0);
      return found(spent + quantity <= amount, `wykorzystano ${units(spent, unit)}, potrzeba ${units(quantity, unit)}`);
    },
  },
  PACKAGE: {
    needs: ['serviceCodes'],
    fault: ({ serviceCodes }) => (serviceCodes.length < 2 ? 'a package is of two services at least' : undefined),
    says: ({ serviceCodes }, name) => `tylko razem: ${andList(serviceCodes.map(name))}`,
    find: ({ serviceCodes }, { appliedFor }, name) => {
      if (appliedFor === undefined) return unknown('nie podano, o które usługi złożono wniosek');
      const lacking = serviceCodes.filter((code) => !appliedFor.includes(code));
      return found(
        lacking.length === 0,
        lacking.length === 0 ? 'wniosek obejmuje wszystkie' : `wniosek nie obejmuje: ${andList(lacking.map(name))}`,
      );
    },
  },
};

export const conditionKinds: readonly string[] = Object.keys(kinds);
export const personKinds: readonly string[] = Object.keys(ofPersons);

/** A kind that a newer edition knows and this one does not: a person decides. */
const unheardOf: Kind<Condition> = {
  needs: [],
  says: ({ kind }) => `warunek rodzaju ${kind}`,
  find: () => unknown('tego warunku ta wersja systemu nie zna; rozstrzyga pracownik'),
};

export const isKnown = (kind: string): kind is Condition['kind'] => Object.hasOwn(kinds, kind);
export const kindOf = (kind: string): Kind<Condition> =>
  isKnown(kind) ? (kinds[kind] as unknown as Kind<Condition>) : unheardOf;
/** Whether it can be asked of anybody in a household. */
export const isPersonal = (kind: string): boolean => Object.hasOwn(ofPersons, kind);

export const saysOf = (condition: Condition, name: NameOf): string => kindOf(condition.kind).says(condition, name);

function ofHousehold({ from, to, every, who }: HouseholdCondition, asked: readonly PersonFacts[], on: Day): Finding {
  const results = asked.map((person) => ({ outcome: who ? suits(who, { ...person, on }) : ('MET' as const) }));
  const such = results.filter(({ outcome }) => outcome === 'MET').length;
  const open = results.filter(({ outcome }) => outcome === 'UNKNOWN').length;
  return {
    outcome: every === true ? allMet(results) : countMet(results, from, to),
    finding:
      `osób: ${asked.length}${who ? `, spełnia warunek: ${such}` : ''}` + (open > 0 ? `, brak danych o: ${open}` : ''),
  };
}

const suits = (who: readonly Alternative<PersonCondition>[], person: PersonFacts & Pick<Facts, 'on'>): Outcome =>
  anyMet(
    who.map(({ allOf }) => ({
      outcome: allMet(
        // Of the other persons only what belongs to a person is asked, so nothing else of the facts is needed.
        allOf.map((condition) => kindOf(condition.kind).find(condition, person as Facts, String)),
      ),
    })),
  );

function later(day: Day, length: number, period: Period): Day {
  if (period === 'DAY') return addDays(day, length);
  if (period === 'WEEK') return addDays(day, length * 7);
  return addMonths(day, period === 'MONTH' ? length : length * 12);
}

/** First day of the period of the calendar that the day lies in; weeks begin on Monday. */
function startOf(day: Day, period: Period): Day {
  if (period === 'DAY') return day;
  if (period === 'WEEK') return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
  return period === 'MONTH' ? `${day.slice(0, 7)}-01` : `${day.slice(0, 4)}-01-01`;
}
