import type { Language } from '../recipients/recipient';

interface Sentences {
  readonly title: string;
  readonly question: readonly string[];
  readonly button: string;
  readonly done: string;
  readonly doneMore: readonly string[];
  readonly gone: string;
  readonly goneMore: readonly string[];
  /** Before the link in a message. */
  readonly line: string;
}

const sentences: Readonly<Record<Language, Sentences>> = {
  pl: {
    title: 'Dodatkowe wiadomości z CUS',
    question: [
      'Nie chcesz już dostawać takich dodatkowych wiadomości? Naciśnij przycisk.',
      'Pisma i wiadomości w Twoich sprawach będą przychodzić dalej.',
    ],
    button: 'Rezygnuję z tych wiadomości',
    done: 'Gotowe',
    doneMore: ['Takich dodatkowych wiadomości już nie wyślemy.', 'Jeśli zmienisz zdanie, daj nam znać.'],
    gone: 'Ten link już nie działa',
    goneMore: ['Zadzwoń do nas albo przyjdź. Pomożemy.'],
    line: 'Nie chcesz takich dodatkowych wiadomości? Zrezygnuj tutaj:',
  },
  'pl-x-etr': {
    title: 'Dodatkowe wiadomości z CUS',
    question: [
      'Nie chcesz dodatkowych wiadomości?',
      'Naciśnij przycisk.',
      'Wiadomości o Twoich sprawach będą przychodzić dalej.',
    ],
    button: 'Nie chcę tych wiadomości',
    done: 'Gotowe',
    doneMore: ['Nie wyślemy już takich wiadomości.', 'Chcesz je znowu dostawać?', 'Daj nam znać.'],
    gone: 'Ten link już nie działa',
    goneMore: ['Zadzwoń do nas albo przyjdź.', 'Pomożemy Ci.'],
    line: 'Nie chcesz takich wiadomości?\nNaciśnij tutaj:',
  },
  uk: {
    title: 'Додаткові повідомлення від CUS',
    question: [
      'Не хочете більше отримувати таких додаткових повідомлень? Натисніть кнопку.',
      'Листи й повідомлення у Ваших справах надходитимуть і далі.',
    ],
    button: 'Відмовляюся від цих повідомлень',
    done: 'Готово',
    doneMore: ['Таких додаткових повідомлень ми більше не надсилатимемо.', 'Якщо передумаєте, повідомте нас.'],
    gone: 'Це посилання вже не діє',
    goneMore: ['Зателефонуйте нам або прийдіть. Ми допоможемо.'],
    line: 'Не хочете таких додаткових повідомлень? Відмовитися можна тут:',
  },
  en: {
    title: 'Extra messages from CUS',
    question: [
      'You do not want such extra messages any more? Press the button.',
      'Letters and messages about your own matters will still come.',
    ],
    button: 'Stop these messages',
    done: 'Done',
    doneMore: ['We will not send such extra messages any more.', 'If you change your mind, let us know.'],
    gone: 'This link no longer works',
    goneMore: ['Call us or come in. We will help.'],
    line: 'You do not want such extra messages? Stop them here:',
  },
};

export const lineWith = (language: Language, link: string): string => `${sentences[language].line}\n${link}`;

/** Asking changes nothing: programs that look at every link of a mail end nobody's consent. The form goes to the address of the page itself. */
export function questionPage(language: Language): string {
  const { title, question, button } = sentences[language];
  const form = `<form method="post">
<input type="hidden" name="List-Unsubscribe" value="One-Click">
<button type="submit">${button}</button>
</form>`;
  return page(language, title, question, form);
}

export const donePage = (language: Language): string =>
  page(language, sentences[language].done, sentences[language].doneMore);

export const gonePage = (language: Language): string =>
  page(language, sentences[language].gone, sentences[language].goneMore);

const style = `
body { margin: 3rem auto; padding: 0 1rem; max-width: 38rem; font: 1.125rem/1.6 "DejaVu Sans", Verdana, sans-serif; color: #111; background: #fff }
:lang(pl-x-etr) body { font-size: 1.25rem; line-height: 1.9 }
h1 { font-size: 1.6em; line-height: 1.3 }
button { font: inherit; font-weight: bold; margin-top: 1rem; padding: .75em 1.25em; color: #fff; background: #0b4f9e; border: 2px solid #0b4f9e; border-radius: .3em; cursor: pointer }
button:focus-visible { outline: 3px solid #111; outline-offset: 3px }`;

/** Nothing that anybody sent is ever put into it. */
function page(language: Language, title: string, paragraphs: readonly string[], form = ''): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${style}
</style>
</head>
<body>
<main>
<h1>${title}</h1>
${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}
${form}
</main>
</body>
</html>
`;
}
