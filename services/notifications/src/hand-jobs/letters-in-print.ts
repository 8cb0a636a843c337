import type { LetterSize, PrintedLetter } from '@okienko/printing/letter';
import type { Recipient } from '../recipients/recipient';
import type { HandChannelCode } from './delivery-terms';
import type { ReadLetter } from './letter-reader.queries';

const locales: Readonly<Record<string, string>> = { pl: 'pl-PL', 'pl-x-etr': 'pl-PL', uk: 'uk-UA', en: 'en-GB' };

/** The form that the addressee asked for (Accessibility Act, art. 6(3)(d)). */
const sizeFor = (form: string, language: string): LetterSize =>
  form === 'LARGE_PRINT' ? 'LARGE' : language === 'pl-x-etr' ? 'EASY' : 'STANDARD';

/** As a letter on paper; undefined if it can no longer be read, or not be sent this way. */
export function inPrint(read: ReadLetter, channel: HandChannelCode, sender: string): PrintedLetter | undefined {
  const { letter, recipient, queuedAt } = read;
  if (!letter || !recipient) return undefined;
  const addressee = addressLines(recipient, channel);
  if (!addressee) return undefined;
  const { language, subject, text } = letter;
  return {
    language: language === 'pl-x-etr' ? language : (locales[language] ?? language),
    sender,
    addressee,
    date: new Intl.DateTimeFormat(locales[language] ?? 'pl-PL', {
      dateStyle: 'long',
      timeZone: 'Europe/Warsaw',
    }).format(queuedAt),
    title: subject,
    paragraphs: text.trim().split(/\n{2,}/),
    size: sizeFor(recipient.form, language),
  };
}

/** Only a letter that is posted says where somebody lives. */
function addressLines({ name, ade, ...recipient }: Recipient, channel: HandChannelCode): string[] | undefined {
  if (channel === 'COLLECTION') return [name];
  if (channel === 'EDORECZENIA') return ade === undefined ? undefined : [name, ade];
  const where = postalLines(recipient);
  return where && [name, ...where];
}

export function postalLines({
  postalAddress: address,
  isAddressConfidential = false,
}: Pick<Recipient, 'postalAddress' | 'isAddressConfidential'>): string[] | undefined {
  return address && !isAddressConfidential ? [address.street, `${address.postalCode} ${address.city}`] : undefined;
}
