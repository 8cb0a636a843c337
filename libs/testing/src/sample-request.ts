import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { addDays, dayOf } from '@okienko/contracts/calendar';

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
type Given = Readonly<Record<string, unknown>>;
type Json = Record<string, unknown>;

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: Json;
  readonly isVersioned: boolean;
}

const today = dayOf(new Date());
/** What patterns ask for; the first that fits is taken. */
const samples = ['LEAVE', 'teleopieka', '2861011', '2026-H1', '2026-01', '08:00'];

/** Makes the least requests that a service's OpenAPI document lets through. */
export class SampleRequests {
  private readonly paths: Document['paths'];
  private readonly schemas: Record<string, Schema>;

  constructor(document: string) {
    const { paths, components } = JSON.parse(readFileSync(document, 'utf8')) as Document;
    this.paths = paths;
    this.schemas = components.schemas;
  }

  /** `given` by the names of its parameters and properties. */
  of(route: string, given: Given = {}): Request {
    const [method = '', template = ''] = route.split(' ');
    const { parameters = [], requestBody } = this.paths[template]?.[method.toLowerCase()] ?? {};
    const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(given[name] ?? randomUUID()));
    const query = parameters
      .filter((parameter) => parameter.in === 'query' && parameter.required)
      .map(({ name, schema }) => `${name}=${String(given[name] ?? this.sampleOf(schema, given))}`);
    const schema = requestBody?.content['application/json']?.schema;
    return {
      method,
      path: query.length > 0 ? `${path}?${query.join('&')}` : path,
      ...(schema ? { body: this.sampleOf(schema, given) as Json } : {}),
      isVersioned: parameters.some(({ name }) => name === 'If-Match'),
    };
  }

  private sampleOf(schema: Schema, given: Given): unknown {
    if (schema.$ref) return this.sampleOf(this.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, given);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return schema.enum[0];
    if (schema.properties) return this.objectOf(schema.properties, schema.required ?? [], given);
    const { items } = schema;
    if (items) return Array.from({ length: schema.minItems ?? 0 }, () => this.sampleOf(items, given));
    if (schema.type === 'boolean') return true;
    if (schema.type === 'integer') return schema.minimum ?? 1;
    if (schema.type === 'object') return {};
    return textOf(schema);
  }

  private objectOf(properties: Record<string, Schema>, required: readonly string[], given: Given): Json {
    return Object.fromEntries(
      required.map((name) => [name, given[name] ?? this.sampleOf(properties[name] ?? {}, given)]),
    );
  }
}

function textOf({ format, pattern, minLength = 1 }: Schema): string {
  if (format === 'uuid') return randomUUID();
  if (format === 'date') return today;
  if (format === 'date-time') return `${addDays(today, 1)}T09:00:00+01:00`;
  return samples.find((text) => !pattern || new RegExp(pattern).test(text)) ?? 'x'.repeat(minLength);
}
