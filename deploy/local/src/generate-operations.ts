import 'reflect-metadata';
import { RequestMethod } from '@nestjs/common';
import { HEADERS_METADATA, HTTP_CODE_METADATA, METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { allowedRoles, isPublic, type Role } from '@okienko/chassis/access';
import { needsIdempotencyKey } from '@okienko/chassis/http';
import ts from 'typescript';
import type { Schema } from './generate-constraints';
import { type Schemas, textOf } from './generate-schemas';
import { decoratorsOf, type SourceClass, type Sources } from './generate-sources';

type Parameter = {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: true;
  description?: string;
  schema: Schema;
};

interface Inputs {
  readonly parameters: Parameter[];
  readonly body: ts.Type | undefined;
  /** The body is a file as it is. */
  readonly file: string | undefined;
}

const text = { type: 'string' } as const;
const ifMatch: Parameter = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The version that you read, in quotes, as its ETag gave it.',
  schema: { ...text, pattern: '^"\\d{1,9}"$' },
};
const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Of your own making. The same request under the same key happens once and is answered alike.',
  schema: { ...text, minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
} as const satisfies Parameter;

/** The operations of controllers: routes, roles and codes as the framework knows them, types and comments as they are written. */
export class Operations {
  readonly paths: Record<string, Record<string, object>> = {};
  private readonly ids = new Set<string>();

  constructor(
    private readonly sources: Sources,
    private readonly schemas: Schemas,
  ) {}

  add(controller: SourceClass): void {
    for (const method of controller.declaration.members.filter(ts.isMethodDeclaration)) {
      const handler = (controller.constructor.prototype as Record<string, object>)[method.name.getText()];
      if (handler && Reflect.hasMetadata(PATH_METADATA, handler)) this.route(controller, method, handler);
    }
  }

  private route({ declaration, constructor }: SourceClass, method: ts.MethodDeclaration, handler: object): void {
    const own = <T>(key: string): T | undefined => Reflect.getMetadata(key, handler) as T | undefined;
    const of = <T>(key: string): T | undefined =>
      own<T>(key) ?? (Reflect.getMetadata(key, constructor) as T | undefined);
    const address = ['', Reflect.getMetadata(PATH_METADATA, constructor) as string, own<string>(PATH_METADATA)]
      .join('/')
      .replace(/\/+/g, '/')
      .replace(/(?<=.)\/$/, '');
    const verb = (RequestMethod[own<number>(METHOD_METADATA) ?? RequestMethod.GET] ?? '').toLowerCase();
    const inputs = this.inputs(method);
    const creates = own<boolean>(needsIdempotencyKey) === true;
    if (verb === 'post') inputs.parameters.push({ ...idempotencyKey, ...(creates ? { required: true } : {}) });
    const roles = of<boolean>(isPublic) ? undefined : (of<Role[]>(allowedRoles) ?? []);
    const name = method.name.getText();
    const thing = (declaration.name?.text ?? '').replace(/Controller$/, '');
    const operationId = idOf(thing, name);
    if (this.ids.has(operationId)) throw new Error(`Two operations are called ${operationId}.`);
    this.ids.add(operationId);
    const status = own<number>(HTTP_CODE_METADATA) ?? (verb === 'post' ? 201 : 200);
    const answer = this.answer(
      method,
      own<{ name: string; value: string }[]>(HEADERS_METADATA) ?? [],
      roles === undefined,
    );
    (this.paths[address.replace(/:(\w+)/g, '{$1}')] ??= {})[verb] = {
      tags: [address.split('/')[1] ?? ''],
      operationId,
      summary: `${thing}: ${words(name)}`,
      description: [this.commentOn(method), roles ? `For ${roles.join(', ') || 'nobody'}.` : 'Open to all.']
        .filter(Boolean)
        .join(' '),
      security: roles ? [{ token: [] }] : [],
      ...(roles ? { 'x-roles': roles } : {}),
      ...(inputs.parameters.length === 0 ? {} : { parameters: inputs.parameters }),
      ...(inputs.body ? { requestBody: { required: true, content: json(this.schemas.of(inputs.body)) } } : {}),
      ...(inputs.file && !inputs.body ? { requestBody: { required: true, content: { [inputs.file]: {} } } } : {}),
      responses: {
        [status]: answer,
        // A trial creates nothing.
        ...(isTrial(method, inputs) ? { 200: answer } : {}),
        ...Object.fromEntries(
          refusalsOf(verb, inputs, roles).map((code) => [code, { $ref: `#/components/responses/${code}` }]),
        ),
      },
    };
  }

  private inputs(method: ts.MethodDeclaration): Inputs {
    const { checker } = this.sources;
    let body: ts.Type | undefined;
    let file: string | undefined;
    const parameters = method.parameters.flatMap((parameter): Parameter[] => {
      const [decorator] = ts.getDecorators(parameter) ?? [];
      const [name] = decoratorsOf(parameter);
      const [argument] = decorator && ts.isCallExpression(decorator.expression) ? decorator.expression.arguments : [];
      const given = argument && ts.isStringLiteral(argument) ? argument.text : undefined;
      const type = checker.getTypeAtLocation(parameter);
      switch (name) {
        case 'Body':
          body = type;
          return [];
        case 'Query':
          return this.schemas.properties(type).map(({ name, required, schema: { description, ...schema } }) => ({
            name,
            in: 'query',
            ...(required ? { required: true } : {}),
            ...(typeof description === 'string' ? { description } : {}),
            schema,
          }));
        case 'Id':
          return [{ name: given ?? 'id', in: 'path', required: true, schema: { ...text, format: 'uuid' } }];
        case 'Param':
          return [{ name: given ?? '', in: 'path', required: true, schema: text }];
        case 'Upload':
          file = 'application/octet-stream';
          return this.header(decorator);
        case 'Headers':
          return given === undefined ? [] : [{ name: given, in: 'header', schema: text }];
        case 'RawBody':
          file = 'message/rfc822';
          return [];
        case 'IfMatch':
          return [ifMatch];
        default:
          return this.header(decorator);
      }
    });
    return { parameters, body, file };
  }

  /** A parameter decorator of a service's own says in its comment which header it reads: header `Name`. */
  private header(decorator: ts.Decorator | undefined): Parameter[] {
    if (!decorator || !ts.isCallExpression(decorator.expression)) return [];
    const local = this.sources.checker.getSymbolAtLocation(decorator.expression.expression);
    const symbol = local && local.flags & ts.SymbolFlags.Alias ? this.sources.checker.getAliasedSymbol(local) : local;
    const description = symbol ? textOf(symbol.getDocumentationComment(this.sources.checker)) : '';
    const name = /header `([A-Za-z-]+)`/.exec(description)?.[1];
    return name ? [{ name, in: 'header', description, schema: text }] : [];
  }

  private answer(
    method: ts.MethodDeclaration,
    headers: readonly { name: string; value: string }[],
    isOpen: boolean,
  ): object {
    const { checker } = this.sources;
    const signature = checker.getSignatureFromDeclaration(method);
    const type = signature && checker.getAwaitedType(checker.getReturnTypeOfSignature(signature));
    if (!type || type.flags & ts.TypeFlags.Void) return { description: 'Done.' };
    const contentType = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value.split(';')[0];
    const kinds = type.isUnion() ? type.types : [type];
    const body = kinds.some(isEventStream) ? kinds.find((kind) => !isEventStream(kind)) : type;
    const has = (property: string): boolean =>
      body !== undefined && checker.getPropertyOfType(body, property) !== undefined;
    const tag = `The version, in quotes, for If-Match${isOpen ? '; without a token a tag of the content' : ''}.`;
    const told = {
      ...(has('version') ? { ETag: { description: tag, schema: text } } : {}),
      ...(has('next') ? { Link: { description: 'The next page, `rel="next"`.', schema: text } } : {}),
    };
    return {
      description: 'Done as asked.',
      ...(Object.keys(told).length === 0 ? {} : { headers: told }),
      content: {
        ...(body ? { [contentType ?? 'application/json']: { schema: this.schemas.of(body) } } : {}),
        ...(kinds.some(isEventStream) ? { 'text/event-stream': { schema: {} } } : {}),
      },
    };
  }

  private commentOn(method: ts.MethodDeclaration): string {
    const symbol = this.sources.checker.getSymbolAtLocation(method.name);
    return symbol ? textOf(symbol.getDocumentationComment(this.sources.checker)) : '';
  }
}

/** Of those that say the status themselves: a trial is not answered as what creates. */
const isTrial = (method: ts.MethodDeclaration, { parameters }: Inputs): boolean =>
  parameters.some(({ name }) => name === 'dryRun') &&
  method.parameters.some((parameter) => decoratorsOf(parameter).includes('Res'));

/** Which refusals a route can answer with. A bad token is refused everywhere, and so is haste. */
function refusalsOf(verb: string, { parameters, body, file }: Inputs, roles: readonly Role[] | undefined): number[] {
  const reads = verb === 'get';
  const has = (where: Parameter['in']): boolean => parameters.some((parameter) => parameter.in === where);
  const named = (name: string): boolean => parameters.some((parameter) => parameter.name === name);
  const versioned = parameters.includes(ifMatch);
  return [
    ...(body || parameters.length > 0 ? [400] : []),
    401,
    ...(roles ? [403] : []),
    // A body may name something that is not there.
    ...(has('path') || body || file ? [404] : []),
    ...(reads ? [] : [409]),
    ...(versioned ? [412] : []),
    ...(reads ? [] : [413, 415]),
    // A span may be too long, or run backwards.
    ...(reads && !['from', 'to'].every(named) ? [] : [422]),
    ...(versioned ? [428] : []),
    429,
  ];
}

/** What a route answers as server-sent events, alone or where the client accepts them. */
const isEventStream = (type: ts.Type): boolean => type.getSymbol()?.name === 'EventStream';
const json = (schema: Schema): object => ({ 'application/json': { schema } });
const words = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
const idOf = (thing: string, act: string): string =>
  `${thing.charAt(0).toLowerCase()}${thing.slice(1)}${act.charAt(0).toUpperCase()}${act.slice(1)}`;
