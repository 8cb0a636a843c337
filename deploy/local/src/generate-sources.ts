import { createRequire } from 'node:module';
import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { type Service } from '@okienko/contracts/event';
import ts from 'typescript';
import { checkout } from './paths';

const load = createRequire(__filename);
const fromSource = __filename.endsWith('.ts');

export type Constructor = new (...parameters: never[]) => object;

/** A class as it is written, and as it runs: types and comments stand in the one, decorators have left their marks on the other. */
export interface SourceClass {
  readonly declaration: ts.ClassDeclaration;
  readonly constructor: Constructor;
}

/** The sources of services and chassis in one program, and the modules that were made from them. */
export class Sources {
  private readonly program: ts.Program;
  readonly checker: ts.TypeChecker;

  constructor(services: readonly Service[]) {
    const { config } = ts.readConfigFile(join(checkout, 'tsconfig.base.json'), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, checkout);
    const folders = [...services.map((service) => join(checkout, 'services', service, 'src')), chassis];
    // Without project references imports lead to the sources of libraries, and with them to their comments.
    this.program = ts.createProgram(folders.flatMap(filesIn), { ...options, composite: false, noEmit: true });
    this.checker = this.program.getTypeChecker();
  }

  /** The controllers of a service, or of the chassis, in the order of their files. */
  controllers(service: Service | 'chassis'): SourceClass[] {
    const folder = service === 'chassis' ? chassis : join(checkout, 'services', service, 'src');
    return this.program
      .getSourceFiles()
      .filter(({ fileName }) => fileName.startsWith(folder + sep) && /\.controllers?\.ts$/.test(fileName))
      .flatMap((file) => file.statements.filter(ts.isClassDeclaration))
      .filter((declaration) => decoratorsOf(declaration).includes('Controller'))
      .flatMap((declaration) => {
        const constructor = this.running(declaration);
        return constructor ? [{ declaration, constructor }] : [];
      });
  }

  /** An interface or class by its name. */
  type(file: string, name: string): ts.Type {
    const source = this.program.getSourceFile(file);
    const symbol = source && this.checker.getSymbolAtLocation(source);
    const found = symbol && this.checker.getExportsOfModule(symbol).find((exported) => exported.name === name);
    if (!found) throw new Error(`${file} exports no ${name}.`);
    return this.checker.getDeclaredTypeOfSymbol(found);
  }

  /** The class that runs; undefined for what exists in types only, or outside the checkout. */
  running(declaration: ts.Declaration | undefined): Constructor | undefined {
    const file = declaration?.getSourceFile().fileName;
    const name = declaration && ts.isClassDeclaration(declaration) ? declaration.name?.text : undefined;
    if (!file || !name || file.includes('node_modules') || file.endsWith('.d.ts')) return undefined;
    const found = (load(fromSource ? file : compiled(file)) as Record<string, unknown>)[name];
    return typeof found === 'function' ? (found as Constructor) : undefined;
  }
}

export const chassis = join(checkout, 'libs', 'chassis', 'src');

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .sort()
    .map((name) => join(folder, name));

const compiled = (file: string): string =>
  file.replace(/[\\/]src[\\/](?!.*[\\/]src[\\/])/, `${sep}dist${sep}`).replace(/\.ts$/, '.js');

/** Names of the decorators on a class, a method or a parameter. */
export function decoratorsOf(node: ts.HasDecorators): string[] {
  return (ts.getDecorators(node) ?? []).map(({ expression }) =>
    (ts.isCallExpression(expression) ? expression.expression : expression).getText(),
  );
}
