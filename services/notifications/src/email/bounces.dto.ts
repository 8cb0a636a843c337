export class BounceTaken {
  messageId!: string;
  /** FAILED: the message goes another way. DELAYED: noted. IGNORED: the mail says nothing of a failure, such as an absence note. */
  outcome!: 'FAILED' | 'DELAYED' | 'IGNORED';
}
