export { type Arrived, isEvent, NotFromTheCentre, openBatch, openWebhook } from './webhook';
export { type Feed, FeedRefused, readFeed, type Step } from './feed';
export { Ledger, type LedgerState, type Range } from './ledger';
export { resourceOf } from './resource';
