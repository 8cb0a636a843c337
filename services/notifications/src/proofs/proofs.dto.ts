import type { Day } from '@okienko/contracts/calendar';
import type { ChannelCode } from '../channels/channel';
import type { EvidenceKind } from '../evidence/evidence';
import type { HandChannelCode } from '../hand-jobs/delivery-terms';
import type { HandJobState, ReceiptBasis } from '../hand-jobs/hand-job';
import type { Audience, MessageState, Standing } from '../messages/message';
import type { TaskOutcome, TaskState } from '../tasks/task';

/** One attempt to hand the message to a channel. */
export class AttemptOfProof {
  channel!: ChannelCode;
  attempt!: number;
  /** When, RFC 3339. */
  at!: string;
  outcome!: string;
  code!: string | null;
  providerId!: string | null;
}

/** What is known of its dispatch, receipt or failure. */
export class EvidenceOfProof {
  channel!: ChannelCode;
  kind!: EvidenceKind;
  onDay!: Day;
  at!: string;
  evidenceNo!: string | null;
  code!: string | null;
  recordedBy!: string | null;
}

/** How staff passed it on. */
export class HandingOfProof {
  channel!: HandChannelCode;
  state!: HandJobState;
  isProofNeeded!: boolean;
  putAt!: string;
  dispatchedOn!: Day | null;
  evidenceNo!: string | null;
  noticeLeftOn!: Day | null;
  receivedOn!: Day | null;
  receiptBasis!: ReceiptBasis | null;
  reasonCode!: string | null;
  /** The record of the representative who signed for it. */
  collectedBy!: string | null;
}

/** How staff told the person by word or another letter, where no channel took the message. */
export class TellingOfProof {
  openedAt!: string;
  state!: TaskState;
  tries!: number;
  outcome!: TaskOutcome | null;
  completedAt!: string | null;
  completedBy!: string | null;
}

export class ProofFacts {
  messageId!: string;
  /** Id of the event that the message is about. */
  causeId!: string;
  personId!: string;
  /** The record that was written to: a guardian's, else the person's own. */
  addresseeId!: string;
  rule!: string | null;
  audience!: Audience;
  standing!: Standing;
  template!: string;
  state!: MessageState;
  reasonCode!: string | null;
  queuedAt!: string;
  settledAt!: string | null;
  /** SHA-256 of the text as compact JSON; kept after the text itself. */
  contentSha256!: string | null;
  attempts!: AttemptOfProof[];
  evidence!: EvidenceOfProof[];
  handings!: HandingOfProof[];
  tellings!: TellingOfProof[];
}

export class ContentOfProof {
  language!: string;
  subject!: string;
  text!: string;
  /** In the words of a short message. */
  short?: string;
}

export class AddresseeOfProof {
  name!: string;
  email!: string | null;
  phone!: string | null;
  ade!: string | null;
  /** Street, postal code and city; never of a confidential address. */
  postalAddress!: string[] | null;
}

export class Proof extends ProofFacts {
  /** Null for whoever may not read it, and once it is kept no longer or the person has been erased. */
  content!: ContentOfProof | null;
  /** As known today; null for whoever may not read it. */
  addressee!: AddresseeOfProof | null;
  /** SHA-256 of all the rest: `jq -cjS 'del(.sha256)' proof.json | sha256sum`. */
  sha256!: string;
}
