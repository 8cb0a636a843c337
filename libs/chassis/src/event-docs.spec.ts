import { asyncApi } from '@okienko/contracts/asyncapi';
import { events } from '@okienko/contracts/events';
import fastify from 'fastify';
import { addEventDocs } from './event-docs';

describe('the documents of events', () => {
  const server = fastify();
  addEventDocs(server);
  const get = (url: string) => server.inject({ method: 'GET', url });

  it('are a page with every event, its data and an example, and without a script', async () => {
    const { body, headers } = await get('/docs/events');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(events.filter(({ $id }) => !body.includes(`<article id="${$id}"`))).toEqual([]);
    expect(body.match(/<details>/g)).toHaveLength(events.length);
    expect(body).not.toMatch(/<script|<style| style=| on\w+=/);
    expect((await get('/docs/events.css')).statusCode).toBe(200);
  });

  it('are AsyncAPI for programs', async () => {
    expect((await get('/asyncapi.json')).json()).toEqual(JSON.parse(JSON.stringify(asyncApi())));
  });
});
