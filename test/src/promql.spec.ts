import { selectorsOf } from './promql';

test('finds metrics, matchers and groupings', () => {
  const question =
    'histogram_quantile(0.95, sum by (le, route) (rate(a_bucket{service="cases",route!~"/health.*"}[$__rate_interval]))) or max by (kind) (b offset 1d)';
  expect(selectorsOf(question)).toEqual([
    {
      metric: 'a_bucket',
      matchers: [
        { label: 'service', op: '=', value: 'cases' },
        { label: 'route', op: '!~', value: '/health.*' },
      ],
      groupedBy: ['le', 'route'],
    },
    { metric: 'b', matchers: [], groupedBy: ['kind'] },
  ]);
});

test('does not take what is no PromQL', () => {
  for (const wrong of ['sum by (a (b)', 'rate(a[5m)', 'a{b=}']) expect(() => selectorsOf(wrong)).toThrow('No PromQL');
});
