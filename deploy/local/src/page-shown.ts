import type { Engine } from './engine';
import type { Issuer } from './issuer';
import type { LiveEvents } from './live-events';
import type { Mailbox } from './mailbox';
import type { SamplePartner } from './partner';

export interface ShownService {
  readonly name: string;
  readonly url: string;
  pid(): number | undefined;
}

/** An act of a journey, after it was done. */
export interface Step {
  readonly at: string;
  readonly title: string;
  readonly detail?: string;
}

/** What the page shows. */
export interface Shown {
  readonly services: readonly ShownService[];
  readonly engines: readonly Engine[];
  readonly issuer: Issuer;
  readonly mailbox: Mailbox;
  readonly partner: SamplePartner;
  readonly live: LiveEvents;
  timeline(): readonly Step[];
  /** A sentence about this deployment. */
  readonly note?: string;
}
