import { randomUUID } from 'node:crypto';
import { bodyOf } from './notice';

it('a notice is a CloudEvent about its subscription', () => {
  const [id, subscriptionId] = [randomUUID(), randomUUID()];
  const time = new Date('2026-03-02T08:00:00.123Z');
  const said = JSON.parse(bodyOf({ id, kind: 'digest', subscriptionId, time, data: { count: 2 } })) as object;
  expect(said).toEqual({
    specversion: '1.0',
    id,
    source: 'urn:okienko:notifications',
    type: 'pl.okienko.notifications.subscription.digest',
    subject: subscriptionId,
    time: '2026-03-02T08:00:00.123Z',
    datacontenttype: 'application/json',
    data: { count: 2 },
  });
  // CloudEvents 1.0, 3.1: names of attributes.
  expect(Object.keys(said).filter((name) => !/^[a-z0-9]{1,20}$/.test(name))).toEqual([]);
});
