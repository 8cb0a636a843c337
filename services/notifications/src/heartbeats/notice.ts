/** What is said about a subscription itself: a CloudEvent that has no number in it. */
export interface Notice {
  readonly id: string;
  readonly kind: 'tested' | 'digest';
  readonly subscriptionId: string;
  readonly time: Date;
  readonly data: object;
}

/** CloudEvents 1.0, structured JSON. */
export const bodyOf = ({ id, kind, subscriptionId, time, data }: Notice): string =>
  JSON.stringify({
    specversion: '1.0',
    id,
    source: 'urn:okienko:notifications',
    type: `pl.okienko.notifications.subscription.${kind}`,
    subject: subscriptionId,
    time: time.toISOString(),
    datacontenttype: 'application/json',
    data,
  });
