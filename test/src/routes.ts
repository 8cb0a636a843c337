import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '@okienko/chassis/access';
import type { Service } from '@okienko/contracts/event';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: true;
  readonly schema: Schema;
}

/** One operation of a service's OpenAPI document. */
export interface Route {
  readonly method: string;
  /** With `{id}` in it. */
  readonly path: string;
  /** Undefined where no token is needed. */
  readonly roles: readonly Role[] | undefined;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | undefined;
  /** Statuses that the document knows. */
  readonly statuses: readonly number[];
}

interface Operation {
  readonly 'x-roles'?: readonly Role[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { content: Record<string, { schema: Schema }> };
  readonly responses: Record<string, unknown>;
}

/** What a service offers, as its checked-in document says. */
export class Api {
  readonly routes: readonly Route[];
  private readonly schemas: Record<string, Schema>;
  private readonly ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));

  constructor(service: Service) {
    const file = join(__dirname, '..', '..', 'services', service, 'openapi.json');
    const document = JSON.parse(readFileSync(file, 'utf8')) as {
      paths: Record<string, Record<string, Operation>>;
      components: { schemas: Record<string, Schema> };
    };
    this.schemas = document.components.schemas;
    this.ajv.addSchema(document, 'document');
    this.routes = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        roles: operation['x-roles'],
        parameters: operation.parameters ?? [],
        body: operation.requestBody?.content['application/json']?.schema,
        statuses: Object.keys(operation.responses).map(Number),
      })),
    );
  }

  /** What an answer has that its schema does not allow, or lacks; nothing where the document gives no schema. */
  faultsOf({ method, path }: Route, status: number, body: unknown): string[] {
    const place = [
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      String(status),
      'content',
      'application/json',
      'schema',
    ];
    const pointer = place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const validate = this.ajv.getSchema(`document#/${pointer}`);
    if (!validate || validate(body)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `the answer's ${instancePath || 'body'} ${message ?? ''}`,
    );
  }

  /** A schema with its reference followed. */
  resolve(schema: Schema): Schema {
    const name = /^#\/components\/schemas\/(.+)$/.exec(String(schema['$ref']))?.[1];
    return name ? { ...this.schemas[name], ...schema, $ref: undefined } : schema;
  }

  properties(schema: Schema): [string, Schema][] {
    return Object.entries((this.resolve(schema)['properties'] ?? {}) as Record<string, Schema>);
  }

  required(schema: Schema): string[] {
    return (this.resolve(schema)['required'] ?? []) as string[];
  }
}
