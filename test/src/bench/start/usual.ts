import 'reflect-metadata';
import { Controller, Get, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Pool } from 'pg';

/** A peer of the services: Nest on Fastify with a pool of PostgreSQL and one route, and nothing else. */
@Controller()
class Health {
  constructor(@Inject(Pool) private readonly pool: Pool) {}

  @Get('health/ready')
  async ready(): Promise<object> {
    return (await this.pool.query('select 1 as ready')).rows[0] as object;
  }
}

@Module({
  controllers: [Health],
  providers: [{ provide: Pool, useFactory: () => new Pool({ connectionString: process.env['DATABASE_URL'] }) }],
})
class Usual {}

void NestFactory.create(Usual, new FastifyAdapter(), { logger: false }).then((app) =>
  app.listen(Number(process.env['PORT']), '127.0.0.1'),
);
