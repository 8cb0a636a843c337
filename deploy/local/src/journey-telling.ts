import type { Step } from './page-shown';
import type { Steps } from './steps';
import type { JourneyResult, Teller, Witness } from './resident-journey';

/** Prints a journey as a timeline; each act is handed on as well, to whoever shows it. */
export function timeline(say: Steps['say'], keep: (step: Step) => void = () => undefined): Teller {
  const began = performance.now();
  const clock = (): string => `${((performance.now() - began) / 1000).toFixed(2).padStart(6)} s`;
  return {
    step(title, detail) {
      say(`${clock()}  ● ${title}${detail ? ` – ${detail}` : ''}`);
      keep({ at: new Date().toISOString(), title, ...(detail ? { detail } : {}) });
    },
    arrival: (text) => say(`${clock()}      ← ${text}`),
  };
}

export const summary = ({ milliseconds, mails, webhooks }: JourneyResult): string =>
  `\nThe journey took ${(milliseconds / 1000).toFixed(1)} s: ${webhooks} verified webhooks at the partner, ${mails} messages to the resident by then.`;

interface ShownMail {
  readonly to: string | readonly string[];
  readonly subject: string;
}

interface ShownWebhook {
  readonly id: string;
  readonly type?: string;
  readonly subject?: string;
  readonly verified: boolean;
}

async function read<T>(address: string): Promise<T[]> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(5000) });
    return (await response.json()) as T[];
  } catch {
    return [];
  }
}

/** The page of a running deployment shows what has arrived in the mailbox and at the sample partner. */
export const witnessAt = (page: string): Witness => ({
  mails: async (to) =>
    (await read<ShownMail>(`${page}/mailbox.json`)).filter((mail) => [mail.to].flat().join(' ').includes(to)),
  webhooks: async () =>
    (await read<ShownWebhook>(`${page}/partner.json`)).map(({ id, type = '', subject = '', verified }) => ({
      id,
      subject,
      verified,
      name: type,
    })),
});
