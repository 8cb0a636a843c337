import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

// A process of its own: the compiler, once loaded, stays in memory.
const [here = '', tree = '', ...projects] = process.argv.slice(2);

const settings = ts.parseConfigFileTextToJson(
  'tsconfig.base.json',
  readFileSync(join(here, 'tsconfig.base.json'), 'utf8'),
) as { config: { compilerOptions: object } };
const { options } = ts.convertCompilerOptionsFromJson(settings.config.compilerOptions, here);
const compilerOptions = {
  ...options,
  composite: false,
  declarationMap: false,
  sourceMap: false,
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10,
};

for (const project of projects)
  for (const name of readdirSync(join(tree, project, 'src'), { recursive: true, encoding: 'utf8' })) {
    const source = join(tree, project, 'src', name);
    const target = join(tree, project, 'dist', name.replace(/\.ts$/, '.js'));
    if (!/\.(ts|json)$/.test(name) || /\.(spec|d)\.ts$/.test(name)) continue;
    mkdirSync(dirname(target), { recursive: true });
    const text = readFileSync(source, 'utf8');
    const asHere = join(here, project, 'src', name);
    const compiled = join(here, project, 'dist', name.replace(/\.ts$/, '.js'));
    if (existsSync(compiled) && existsSync(asHere) && readFileSync(asHere, 'utf8') === text)
      copyFileSync(compiled, target);
    else if (name.endsWith('.json')) copyFileSync(source, target);
    else writeFileSync(target, ts.transpileModule(text, { compilerOptions, fileName: source }).outputText);
  }
