import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '@okienko/contracts/calendar';
import { v7 as uuidv7 } from 'uuid';
import { type Json, today } from '../scenario';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly properties?: Record<string, Schema>;
  readonly required?: readonly string[];
}
interface Operation {
  readonly parameters?: readonly { in: string; name: string; required?: boolean; schema: Schema }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema?: Schema }> };
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

const { paths, components } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'openapi.json'), 'utf8')) as Document;

export const routes: readonly string[] = Object.entries(paths).flatMap(([path, operations]) =>
  Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
);

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: Json;
  readonly isVersioned: boolean;
}

/** The least request that the route’s description lets through; `given` by the names of its parameters and properties. */
export function requestOf(route: string, given: Json = {}): Request {
  const [method = '', template = ''] = route.split(' ');
  const { parameters = [], requestBody } = paths[template]?.[method.toLowerCase()] ?? {};
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(given[name] ?? uuidv7()));
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name, schema }) => `${name}=${String(given[name] ?? sampleOf(schema, given))}`);
  const schema = requestBody?.content['application/json']?.schema;
  return {
    method,
    path: query.length > 0 ? `${path}?${query.join('&')}` : path,
    ...(schema ? { body: sampleOf(schema, given) as Json } : {}),
    isVersioned: parameters.some(({ name }) => name === 'If-Match'),
  };
}

function sampleOf(schema: Schema, given: Json): unknown {
  if (schema.$ref) return sampleOf(components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, given);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.properties) return objectOf(schema.properties, schema.required ?? [], given);
  if (schema.items) return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}, given));
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer') return schema.minimum ?? 1;
  if (schema.type === 'object') return {};
  return textOf(schema);
}

const objectOf = (properties: Record<string, Schema>, required: readonly string[], given: Json): Json =>
  Object.fromEntries(required.map((name) => [name, given[name] ?? sampleOf(properties[name] ?? {}, given)]));

function textOf({ format, pattern, minLength = 1 }: Schema): string {
  if (format === 'uuid') return uuidv7();
  if (format === 'date') return today;
  if (format === 'date-time') return `${addDays(today, 1)}T09:00:00+01:00`;
  const fitting = ['LEAVE', 'teleopieka', '2861011', '2026-H1'].find(
    (text) => !pattern || new RegExp(pattern).test(text),
  );
  return fitting ?? 'x'.repeat(minLength);
}
