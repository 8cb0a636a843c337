import { parser } from '@prometheus-io/lezer-promql';

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

export interface Selector {
  readonly metric: string;
  readonly matchers: readonly { readonly label: string; readonly op: string; readonly value: string }[];
  /** Labels by which what it selects is put together. */
  readonly groupedBy: readonly string[];
}

const within = (node: SyntaxNode, ...names: string[]): SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  node.cursor().iterate((one) => {
    if (names.includes(one.name)) found.push(one.node);
  });
  return found;
};

/** What of metrics and labels a question in PromQL needs; throws where it is none. */
export function selectorsOf(question: string): Selector[] {
  // Of Grafana's own variables the only one in use.
  const text = question.replaceAll('$__rate_interval', '5m');
  const tree = parser.parse(text);
  const of = ({ from, to }: { readonly from: number; readonly to: number }): string => text.slice(from, to);
  tree.iterate({
    enter(node) {
      if (node.type.isError) throw new Error(`No PromQL at ${node.from}: ${text}`);
    },
  });
  return within(tree.topNode, 'VectorSelector').map((selector) => {
    const groupedBy: string[] = [];
    for (let outer = selector.parent; outer; outer = outer.parent)
      if (outer.name === 'AggregateExpr')
        groupedBy.push(
          ...within(outer, 'AggregateModifier')
            .slice(0, 1)
            .flatMap((one) => within(one, 'LabelName').map(of)),
        );
    return {
      metric: of(selector.getChild('Identifier') ?? selector),
      matchers: within(selector, 'UnquotedLabelMatcher').map((matcher) => {
        const [label, op, value] = [matcher.firstChild, matcher.getChild('MatchOp'), matcher.lastChild];
        return { label: label ? of(label) : '', op: op ? of(op) : '', value: value ? of(value).slice(1, -1) : '' };
      }),
      groupedBy,
    };
  });
}
