import type { Channel, ChannelCode } from '../channels/channel';
import type { Recipient } from '../recipients/recipient';
import type { RuleContent } from './rule';
import { provable } from './sound-rule';

/** Ways that a form of communication asks for before all others (Accessibility Act, art. 6(3)(d)). */
const waysOfForm: Readonly<Record<string, readonly ChannelCode[]>> = { LARGE_PRINT: ['LETTER', 'COLLECTION'] };

/**
 * The ways of the rule that reach the recipient, in the order to try. What has to be proven goes as the law has it: by e-Doręczenia if
 * there is an address, else by letter (Dz.U. 2020 poz. 2320, arts. 4–5). Otherwise the form that was asked for decides, then the wishes,
 * then the rule. None where somebody of the staff has to tell: to whoever is in danger, or asked to be read to and named no other way.
 */
export function waysTo(
  rule: Pick<RuleContent, 'channels' | 'needsProof'>,
  recipient: Recipient,
  channels: readonly Channel[],
): ChannelCode[] {
  if (recipient.isSuppressed) return [];
  return inOrder(rule, recipient).filter((code) =>
    channels.some((channel) => channel.code === code && channel.reaches(recipient)),
  );
}

function inOrder(
  { channels, needsProof }: Pick<RuleContent, 'channels' | 'needsProof'>,
  { form, channels: wished = [] }: Recipient,
): ChannelCode[] {
  if (needsProof) return provable.filter((code) => channels.includes(code));
  const first = [...(waysOfForm[form] ?? []), ...wished].filter((code) => channels.includes(code));
  return form === 'READ_ALOUD' ? first : [...new Set([...first, ...channels])];
}
