import type { ServerResponse } from 'node:http';
import { PageCity } from './page-city';
import { type Figures, PageFigures } from './page-figures';
import type { Shown, Step } from './page-shown';
import { type Status, statusOf } from './page-status';

type Kind = 'event' | 'mail' | 'webhook' | 'step' | 'status' | 'figures' | 'city';

/** What happens, as server-sent events (HTML, 9.2), to every page that is open; a new one first hears what is kept. */
export class PageStream {
  private readonly shown: Shown;
  private readonly readers = new Set<ServerResponse>();
  private readonly figures: PageFigures;
  private readonly city = new PageCity();
  private readonly endings: (() => void)[];
  private told: readonly Step[] = [];
  private asking: Promise<Status> | undefined;

  constructor(shown: Shown) {
    this.shown = shown;
    this.figures = new PageFigures(shown.services, (figures) => this.tell('figures', [figures]));
    for (const event of shown.live.events()) this.city.hear(event);
    const city = setInterval(() => this.tell('city', this.city.counts()), 2_000);
    const steps = setInterval(() => this.tellSteps(), 250);
    const status = setInterval(() => void this.tellStatus(), 3_000);
    this.endings = [
      shown.live.onEvent((event) => this.tell('event', event)),
      shown.mailbox.onMessage((mail) => this.tell('mail', mail)),
      shown.partner.onReceived((received) => this.tell('webhook', received)),
      shown.live.onEvent((event) => this.city.hear(event)),
      () => clearInterval(city),
      () => clearInterval(steps),
      () => clearInterval(status),
      () => this.figures.stop(),
    ];
  }

  attach(reader: ServerResponse): void {
    const { live, mailbox, partner } = this.shown;
    this.tellSteps();
    reader.write('retry: 1000\n\n');
    for (const step of this.told) reader.write(message('step', step));
    for (const event of live.events()) reader.write(message('event', event));
    for (const mail of mailbox.messages()) reader.write(message('mail', mail));
    for (const received of partner.received()) reader.write(message('webhook', received));
    reader.write(message('figures', this.figures.history));
    reader.write(message('city', this.city.counts()));
    this.readers.add(reader);
    reader.on('close', () => this.readers.delete(reader));
    void this.tellStatus();
  }

  /** Now, and one answer for all who ask while it is found out. */
  status(): Promise<Status> {
    this.asking ??= statusOf(this.shown).finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  drawn(): readonly Figures[] {
    return this.figures.history;
  }

  stop(): void {
    for (const end of this.endings) end();
    for (const reader of this.readers) reader.end();
  }

  private tellSteps(): void {
    const steps = this.shown.timeline();
    const known = steps.length < this.told.length ? 0 : this.told.length;
    this.told = [...steps];
    for (const step of this.told.slice(known)) this.tell('step', step);
  }

  private async tellStatus(): Promise<void> {
    if (this.readers.size > 0) this.tell('status', await this.status());
  }

  private tell(kind: Kind, content: unknown): void {
    for (const reader of this.readers) reader.write(message(kind, content));
  }
}

/** JSON has no line break of its own, so one `data` line is enough. */
const message = (kind: Kind, content: unknown): string => `event: ${kind}\ndata: ${JSON.stringify(content)}\n\n`;
