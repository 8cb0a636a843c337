import { planApprovedV1 } from '@okienko/contracts/cases/plan-approved.v1';
import { planClosedV1 } from '@okienko/contracts/cases/plan-closed.v1';
import { Webhook } from 'standardwebhooks';
import { isEvent, NotFromTheCentre, openBatch, openWebhook } from './webhook';

const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const other = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
const body = JSON.stringify({ type: 'pl.okienko.cases.plan.approved.v1', data: planApprovedV1.examples[0] });

const headersOf = (by: string, at = new Date()): Record<string, string> => ({
  'webhook-id': 'one',
  'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
  'webhook-signature': new Webhook(by).sign('one', at, body),
  'okienko-sequence': '7',
});

describe('a webhook', () => {
  it('is opened with the secret, as Node or fetch give its headers', () => {
    const headers = headersOf(secret);
    expect(openWebhook(secret, headers, body).sequence).toBe(7);
    const { event } = openWebhook(secret, new Headers(headers), Buffer.from(body));
    expect(isEvent(planClosedV1, event)).toBe(false);
    expect(isEvent(planApprovedV1, event) && event.data.approvedOn).toBe('2026-03-02');
  });

  it('is opened with either secret during a rotation', () => {
    expect(openWebhook([other, secret], headersOf(secret), body).sequence).toBe(7);
    const both = {
      ...headersOf(secret),
      'webhook-signature': `${headersOf(other)['webhook-signature']} ${headersOf(secret)['webhook-signature']}`,
    };
    expect(openWebhook(secret, both, body).sequence).toBe(7);
    expect(openWebhook(other, both, body).sequence).toBe(7);
  });

  it.each([
    ['another secret signed', headersOf(other), body],
    ['a byte changed', headersOf(secret), `${body} `],
    ['it is of yesterday', headersOf(secret, new Date(Date.now() - 86_400_000)), body],
    ['nothing is signed', {}, body],
  ])('is not believed when %s', (_, headers, sent) => {
    expect(() => openWebhook(secret, headers, sent)).toThrow(NotFromTheCentre);
  });

  it('of several events is opened as all of them, each with its number', () => {
    const batch = `[${body},${body}]`;
    const sign = (content: string, sequence: string) => {
      const at = new Date();
      const signature = new Webhook(secret).sign('one', at, content);
      return { ...headersOf(secret, at), 'webhook-signature': signature, 'okienko-sequence': sequence };
    };
    expect(openBatch(secret, sign(batch, '4-5'), batch).map(({ sequence }) => sequence)).toEqual([4, 5]);
    expect(openBatch(secret, sign(batch, '4-5'), batch)[1]?.event.type).toBe('pl.okienko.cases.plan.approved.v1');
    expect(openBatch(secret, headersOf(secret), body).map(({ sequence }) => sequence)).toEqual([7]);
    const { 'okienko-sequence': _, ...test } = headersOf(secret);
    expect(openBatch(secret, test, body).map(({ sequence }) => sequence)).toEqual([0]);
    expect(() => openBatch(other, sign(batch, '4-5'), batch)).toThrow(NotFromTheCentre);
  });
});
