import { applicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { personContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { providerRegisteredV1 } from '@okienko/contracts/providers/provider-registered.v1';
import { type Browser, type Page, chromium } from 'playwright-core';
import { chromiumOnPath } from './page-browser';
import { PlayedDeployment } from './page-played-deployment';

jest.setTimeout(120_000);
delete process.env['DATABASE_URL'];
delete process.env['NATS_URL'];

const found = chromiumOnPath();
const inBrowser = found === undefined ? describe.skip : describe;
const reason = found === undefined ? ' (left out: there is no Chromium on the path)' : '';

inBrowser(`the page in a browser${reason}`, () => {
  const deployment = new PlayedDeployment();
  const complaints: string[] = [];
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    await deployment.start();
    browser = await chromium.launch(found);
  });
  afterAll(async () => {
    await browser.close();
    await deployment.stop();
  });
  beforeEach(async () => {
    complaints.length = 0;
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    page = await context.newPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(deployment.page.url);
    await page.getByText('Everything is ready.').waitFor();
  });
  afterEach(() => page.context().close());

  const events = () => page.getByRole('list', { name: 'Events, newest first' });

  it('shows what happens as it happens', async () => {
    const submitted = await deployment.publish(applicationSubmittedV1, 3);
    const entry = events().getByRole('listitem').filter({ hasText: applicationSubmittedV1.title }).first();
    await entry.locator('summary').click();
    await entry.getByText(submitted.subject).waitFor();
    expect(await entry.textContent()).toContain('no.\u00a03');

    await deployment.sendMail('Decyzja', 'Dzień dobry, usługa została przyznana.');
    await page.getByText('Decyzja').click();
    await page.getByText('usługa została przyznana').waitFor();

    await deployment.sendWebhook(submitted, 1);
    await deployment.sendWebhook(await deployment.publish(providerRegisteredV1), 2, `whsec_${'A'.repeat(44)}`);
    await page.getByText('signature verified').waitFor();
    await page.getByText('signature wrong, refused').waitFor();
    await page.getByText('1 event received and verified, places 1 to 1, none missing. 1 webhook refused.').waitFor();

    deployment.steps.push({ at: new Date().toISOString(), title: 'Plan approved', detail: 'by another person' });
    await page.getByText('by another person').waitFor();
    await page.getByText('Played for a test.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('draws figures, and says them in words', async () => {
    const chart = page.getByRole('figure', { name: 'Requests a second' });
    await chart.locator('canvas').waitFor();
    await chart
      .getByText(/^[\d.]+\/s$/)
      .first()
      .waitFor();
    await page.getByRole('figure', { name: 'Waiting' }).getByText('dead letters 12').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('shows of a sealed event its type and nothing else', async () => {
    const { data } = await deployment.publish(personContactChangedV1);
    const entry = events().getByRole('listitem').filter({ hasText: personContactChangedV1.title }).first();
    await entry.locator('summary').click();
    await entry.getByText('Sealed: encrypted for one service').waitFor();
    expect(await page.content()).not.toContain((data as { recipient: string }).recipient);
  });

  it('takes text for text, whoever wrote it', async () => {
    await deployment.sendMail('<b>Tytuł</b>', '<img src=x onerror="document.title=1">');
    await page.getByText('<b>Tytuł</b>').click();
    await page.getByText('<img src=x').waitFor();
    expect(await page.locator('#mail-list img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('shows the events of one service', async () => {
    await deployment.publish(applicationSubmittedV1);
    await deployment.publish(providerRegisteredV1);
    await page.getByRole('radio', { name: 'providers' }).check();
    await events().getByText(applicationSubmittedV1.title).first().waitFor({ state: 'detached' });
    await events().getByText(providerRegisteredV1.title).first().waitFor();
    expect(new Set(await events().locator('.tag').allTextContents())).toEqual(new Set(['providers']));
  });

  it('waits while it is paused', async () => {
    await page.getByRole('button', { name: 'Pause updates' }).press('Enter');
    const { subject } = await deployment.publish(providerRegisteredV1);
    await page.getByRole('button', { name: 'Paused, 1 waiting', pressed: true }).waitFor();
    expect(await page.content()).not.toContain(subject);
    await page.getByRole('button', { name: 'Paused' }).press('Enter');
    await page
      .locator(`code:text("${subject.slice(0, 8)}")`)
      .first()
      .waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Pause updates', pressed: false }).waitFor();
  });

  it('copies a token', async () => {
    await page.getByRole('button', { name: 'Copy a token of Ewa Sroka, coordinator' }).press('Enter');
    await page.getByText('Token of Ewa Sroka copied.').waitFor();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  it('finds the deployment again, and shows nothing twice', async () => {
    const { subject } = await deployment.publish(providerRegisteredV1);
    const entry = page.locator(`code:text("${subject.slice(0, 8)}")`);
    await entry.waitFor({ state: 'attached' });
    const before = await events().getByRole('listitem').count();
    await deployment.page.stop();
    await page.getByText('Connection lost, trying again').waitFor();
    await deployment.open();
    await page.getByText('Live', { exact: true }).waitFor();
    await deployment.publish(applicationSubmittedV1, 99);
    await events().getByText('no.\u00a099').waitFor();
    expect(await entry.count()).toBe(1);
    expect(await events().getByRole('listitem').count()).toBe(Math.min(before + 1, 10));
  });

  it('is reached by keyboard alone, everywhere, and shows where one is', async () => {
    await page.locator('#event-list summary').first().waitFor();
    await page.locator('#accounts button').first().waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    const unseen: unknown[] = [];
    for (;;) {
      const here = await page.evaluate<{ name: string; seen: boolean } | null>(`(() => {
          const here = document.activeElement;
          if (here === document.body || here.dataset.reached) return null;
          here.dataset.reached = 'yes';
          return { name: here.outerHTML, seen: getComputedStyle(here).outlineStyle !== 'none' };
        })()`);
      if (here === null) break;
      if (!here.seen) unseen.push(here.name);
      await page.keyboard.press('Tab');
    }
    const missed = await page.evaluate<string[]>(`[...document.querySelectorAll(
        'a[href], button, summary, input:checked, textarea, [tabindex="0"]')]
        .filter((one) => one.checkVisibility() && !one.dataset.reached).map((one) => one.outerHTML)`);
    expect({ unseen, missed }).toEqual({ unseen: [], missed: [] });
  });

  it.each(['/', '/asyncapi'])('fits a phone: %s', async (path) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(deployment.page.url + path);
    for (const summary of await page.locator('summary').all()) await summary.click();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(360);
    expect(complaints).toEqual([]);
  });
});
