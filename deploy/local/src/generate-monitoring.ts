import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { dashboards, grafanaOf } from './dashboards';
import { objectiveRules, type RuleGroup } from './objectives';
import { checkout } from './paths';

const yaml = (heading: string, content: object): string =>
  `# ${heading}\n${stringify(content, { lineWidth: 0, singleQuote: true, aliasDuplicateObjects: false })}`;

const alerts = (): RuleGroup[] => {
  const text = readFileSync(join(checkout, 'deploy', 'prometheus', 'rules', 'alerts.yaml'), 'utf8');
  return (parse(text) as { groups: RuleGroup[] }).groups;
};

/** Rules of what is promised, the same rules for Kubernetes, and the dashboards. */
export const monitoringDocuments = (): { readonly path: string; readonly text: string }[] => [
  {
    path: 'deploy/prometheus/rules/objectives.yaml',
    text: yaml('Made by `npm run generate` from deploy/local/src/objectives.ts.', { groups: objectiveRules() }),
  },
  {
    path: 'deploy/prometheus/prometheus-rule.yaml',
    text: yaml('Made by `npm run generate` from the files in rules/, for the Prometheus operator.', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'okienko' },
      spec: { groups: [...alerts(), ...objectiveRules()] },
    }),
  },
  ...dashboards.map((dashboard) => ({
    path: `deploy/grafana/${dashboard.uid}.json`,
    text: `${JSON.stringify(grafanaOf(dashboard), null, 2)}\n`,
  })),
];
