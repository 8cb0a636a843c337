import { MessageTemplate, NotShipped, TemplateCodeTaken, type Texts } from './message-template';
import { TemplateFaulty } from './template-faults';

const id = '0197a000-0000-7000-8000-000000000050';
const terms = { centre: 'CUS', mostParts: 2 };
const text = { subject: 'Masz wiadomość', text: 'zapraszamy {{ when }}.', short: 'Zapraszamy.', plainShort: true };
const texts: Texts = { pl: text, 'pl-x-etr': text, uk: text, en: text };

describe('a text of the centre', () => {
  it('is made in every language at once', () => {
    const template = MessageTemplate.create(id, 'summer-camp', ['scheduledFor'], texts, terms);
    expect(template.created('organiser-ewa').data).toEqual({ code: 'summer-camp', by: 'organiser-ewa' });
    expect(() => MessageTemplate.create(id, 'plan-approved', [], texts, terms)).toThrow(TemplateCodeTaken);
  });

  it('is refused with the faults of all languages', () => {
    const faulty = { ...text, short: '{{ where }}' };
    const create = () =>
      MessageTemplate.create(id, 'summer-camp', ['scheduledFor'], { ...texts, uk: faulty, en: faulty }, terms);
    expect(create).toThrow(TemplateFaulty);
    try {
      create();
    } catch (error) {
      expect((error as TemplateFaulty).errors.map(({ pointer }) => pointer)).toEqual([
        '/texts/uk/short',
        '/texts/en/short',
      ]);
    }
  });

  it('goes on relying on what it was made for', () => {
    const template = MessageTemplate.create(id, 'summer-camp', ['scheduledFor'], texts, terms);
    expect(template.write('uk', text, terms, 'organiser-ewa').data).toEqual({
      code: 'summer-camp',
      language: 'uk',
      by: 'organiser-ewa',
    });
    expect(() => template.write('uk', { ...text, text: '{{ answerBy }}' }, terms, 'organiser-ewa')).toThrow(
      TemplateFaulty,
    );
    expect(() => template.restore('uk', 'organiser-ewa')).toThrow(NotShipped);
  });

  it('may take the place of one that came with the service, and give it back', () => {
    const template = MessageTemplate.ofShipped(id, 'talk-arranged');
    expect(template.write('pl', text, terms, 'organiser-ewa').contract.$id).toBe('notifications.template.changed.v1');
    expect(template.restore('pl', 'organiser-ewa').contract.$id).toBe('notifications.template.restored.v1');
    expect(() => template.write('pl', { ...text, text: '{{ count }}' }, terms, 'x')).toThrow(TemplateFaulty);
  });
});
