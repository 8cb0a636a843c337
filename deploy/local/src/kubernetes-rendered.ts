import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { debianProgram } from './debian-programs';
import { checkout } from './paths';

/** What differs from kind to kind; `typeFaults` holds it against the API. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Spec = any;

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
  readonly spec?: Spec;
}

/** Manifests of a folder below deploy/kubernetes as `kubectl kustomize` renders them; undefined where there is no kubectl. */
export function rendered(folder: string): Manifest[] | undefined {
  const kubectl = debianProgram('kubectl');
  if (kubectl === undefined) return undefined;
  const path = join(checkout, 'deploy', 'kubernetes', folder);
  const { status, stdout, stderr, error } = spawnSync(kubectl, ['kustomize', path], { encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(stderr);
  return parseAllDocuments(stdout).map((document) => document.toJS() as Manifest);
}

/** Where the type of a kind stands in kubernetes-types. */
const typeOf: Readonly<Record<string, readonly [file: string, name: string]>> = {
  'apps/v1 Deployment': ['apps/v1', 'Deployment'],
  'batch/v1 Job': ['batch/v1', 'Job'],
  'autoscaling/v2 HorizontalPodAutoscaler': ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  'policy/v1 PodDisruptionBudget': ['policy/v1', 'PodDisruptionBudget'],
  'networking.k8s.io/v1 NetworkPolicy': ['networking/v1', 'NetworkPolicy'],
  'v1 Service': ['core/v1', 'Service'],
  'v1 ServiceAccount': ['core/v1', 'ServiceAccount'],
  'v1 ConfigMap': ['core/v1', 'ConfigMap'],
  'v1 Namespace': ['core/v1', 'Namespace'],
};

/** What the Prometheus operator takes of what we use. */
const monitor = `interface ServiceMonitor {
  apiVersion: 'monitoring.coreos.com/v1'; kind: 'ServiceMonitor'; metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  spec: { selector: { matchLabels: Record<string, string> }; endpoints: { port: string; path?: string; interval?: string; relabelings?: { targetLabel: string; replacement: string }[] }[] } }
interface PrometheusRule {
  apiVersion: 'monitoring.coreos.com/v1'; kind: 'PrometheusRule'; metadata: { name: string; namespace?: string };
  spec: { groups: { name: string; rules: { alert?: string; record?: string; expr: string; for?: string; labels: Record<string, string>; annotations?: Record<string, string> }[] }[] } }`;

/**
 * What Kubernetes would refuse or silently pass over: each manifest is a literal of its type, so the compiler finds missing, misspelt and
 * unknown keys alike.
 */
export function typeFaults(manifests: readonly Manifest[]): string[] {
  const imports = Object.values(typeOf).map(
    ([file, name]) => `import type { ${name} } from 'kubernetes-types/${file}';`,
  );
  const literals = manifests.map((manifest, index) => {
    const kind = `${manifest.apiVersion} ${manifest.kind}`;
    const type = /^monitoring.coreos.com\/v1 (ServiceMonitor|PrometheusRule)$/.exec(kind)?.[1] ?? typeOf[kind]?.[1];
    return `export const _${index}: ${type ?? 'never'} = ${JSON.stringify(manifest)};`;
  });
  const head = [...imports, ...monitor.split('\n')];
  const file = join(__dirname, '..', 'src', 'rendered-manifests.ts');
  const text = [...head, ...literals].join('\n');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ESNext) : getSourceFile(name, ...rest);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText, start = 0 }) => {
    const line = text.slice(0, start).split('\n').length - 1;
    const { kind, metadata } = manifests[line - head.length] ?? { kind: 'types', metadata: { name: '' } };
    return `${kind} ${metadata.name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
