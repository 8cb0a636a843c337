import type { EventContract } from './event';

type Schema = Readonly<Record<string, unknown>>;

/** A contract as it was published: what a reader may rely on, without titles and examples. */
export function snapshotOf(contract: EventContract): Schema {
  const { $id: _, title: __, examples: ___, ...schema } = contract;
  return JSON.parse(JSON.stringify(schema)) as Schema;
}

export type Published = Readonly<Record<string, Schema>>;

/** Keeps a contract's snapshot while it only grows. An edit that breaks it leaves the snapshot, so that the test goes on saying so. */
export function publish(published: Published, contracts: readonly EventContract[]): Published {
  const current = contracts.map((contract): [string, Schema] => {
    const before = published[contract.$id];
    return [contract.$id, before && breaks(before, snapshotOf(contract)).length > 0 ? before : snapshotOf(contract)];
  });
  return Object.fromEntries(
    Object.entries({ ...published, ...Object.fromEntries(current) }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** What of the published contracts the code no longer keeps, as sentences. */
export function brokenPromises(published: Published, contracts: readonly EventContract[]): string[] {
  return Object.entries(published).flatMap(([name, before]) => {
    const contract = contracts.find(({ $id }) => $id === name);
    if (!contract)
      return [
        `${name} is gone from events.ts: an event stays there until nobody reads it, and then leaves published.json as well.`,
      ];
    return breaks(before, snapshotOf(contract)).map(
      (fault) =>
        `${name}: ${fault}. Readers rely on what was published: undo the edit, make the changed contract ${name.replace(/\d+$/, (version) => String(Number(version) + 1))} in a file of its own, and publish both until nobody reads ${name}.`,
    );
  });
}

// Values that must be as they were, and bounds that may only widen (for a reader of older events) by this comparison.
const fixed = ['type', 'format', 'pattern', 'const', 'additionalProperties', 'x-data-class', 'x-sealed'];
const lower = ['minimum', 'minLength', 'minItems'];
const upper = ['maximum', 'maxLength', 'maxItems'];

/** Anything but an added optional property or a wider range of values. */
function breaks(before: Schema, after: Schema, at = ''): string[] {
  const place = at || 'the event';
  const differs = fixed
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => `${place} has another ${key}`);
  const narrower = [
    ...lower.filter((key) => Number(after[key] ?? -Infinity) > Number(before[key] ?? -Infinity)),
    ...upper.filter((key) => Number(after[key] ?? Infinity) < Number(before[key] ?? Infinity)),
  ].map((key) => `${place} has a narrower ${key}`);
  const values = list(before['enum'])
    .filter((value) => !list(after['enum']).includes(value))
    .map((value) => `${place} no longer takes ${String(value)}`);
  const closed =
    before['enum'] === undefined && after['enum'] !== undefined ? [`${place} is now limited to some values`] : [];
  const audience =
    before['x-audience'] === 'partner' && after['x-audience'] !== 'partner'
      ? [`${place} is no longer for partners`]
      : [];
  const newlyRequired = list(after['required'])
    .filter((name) => !list(before['required']).includes(name))
    .map((name) => `${at}/${String(name)} is now required`);
  const newlyOptional = list(before['required'])
    .filter((name) => !list(after['required']).includes(name))
    .map((name) => `${at}/${String(name)} is no longer always there`);
  const properties = Object.entries((before['properties'] ?? {}) as Record<string, Schema>).flatMap(
    ([name, schema]) => {
      const kept = ((after['properties'] ?? {}) as Record<string, Schema>)[name];
      return kept ? breaks(schema, kept, `${at}/${name}`) : [`${at}/${name} is gone`];
    },
  );
  const items =
    before['items'] === undefined
      ? []
      : breaks(before['items'] as Schema, (after['items'] ?? {}) as Schema, `${at}/[]`);
  return [
    ...differs,
    ...narrower,
    ...values,
    ...closed,
    ...audience,
    ...newlyRequired,
    ...newlyOptional,
    ...properties,
    ...items,
  ];
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
