import type { Letter } from '../messages/letter-writer';

/** BROKEN: the sink has been down for long. GIVEN_UP: nothing is posted any more until its partner resumes. */
export type Alert = 'BROKEN' | 'GIVEN_UP';
export const alerts: readonly Alert[] = ['BROKEN', 'GIVEN_UP'];

/** A sink that is down for longer is a matter for people. */
export const alertAfter = 60 * 60 * 1000;

const news: Readonly<Record<Alert, string>> = {
  BROKEN:
    'Twój system nie odbiera zdarzeń od ponad godziny. Sprawdzamy co kilka minut, czy działa, i wyślemy wszystko, gdy odpowie.',
  GIVEN_UP:
    'Twój system odpowiedział, że go już nie ma, albo nie odpowiadał przez wiele dni. Wstrzymaliśmy wysyłkę. Gdy będzie gotowy, wznów subskrypcję: POST /subscriptions/{id}/resumption.',
};

/** To the people behind a partner's system, by another way than the one that fails. It names the subscription by its id only. */
export const letterOf = (alert: Alert, subscriptionId: string, centre: string): Letter => ({
  language: 'pl',
  subject: 'Zdarzenia nie docierają do Twojego systemu',
  text: `Dzień dobry,\n\n${news[alert]}\n\nNic nie ginie: zdarzenia czekają i można je pobrać (GET /subscriptions/{id}/events).\n\nSubskrypcja: ${subscriptionId}\n\n${centre}\n`,
});
