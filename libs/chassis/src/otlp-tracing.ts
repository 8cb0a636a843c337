import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '@okienko/contracts/domain-error';
import { isRecorded, isTraceparent, traceIdOf } from '@okienko/messaging/context';
import { NotYet } from '@okienko/messaging/not-yet';
import { type Attributes, type Beginning, type Span, Tracing } from '@okienko/messaging/tracing';
import { type Link, ROOT_CONTEXT, type Span as Recorded, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type ReadableSpan,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import type { ServiceConfig } from './config';
import { version } from './version';

interface Settings extends Pick<ServiceConfig, 'EVENT_NAMESPACE' | 'OTEL_TRACES_SAMPLER' | 'OTEL_TRACES_SAMPLER_ARG'> {
  readonly service: string;
  readonly collector: string;
}

/** Milliseconds at the end of a service: a collector that is gone must not keep it from ending. */
const farewell = 2_000;
const sendEvery = 1_000;

/**
 * Spans by OTLP over HTTP, in batches, from a queue that holds 2,048 and lets go of what comes when it is full. Nobody waits for the
 * collector. Its address beyond the endpoint, its headers, certificates and time limits come from the standard variables `OTEL_EXPORTER_OTLP_…`.
 */
export class OtlpTracing extends Tracing {
  override readonly isOn = true;
  private readonly provider: TracerProvider;
  private readonly tracer;

  constructor(settings: Settings, log: Logger) {
    super();
    const { service, collector, EVENT_NAMESPACE: namespace } = settings;
    const exporter = new OTLPTraceExporter({ url: `${collector.replace(/\/$/, '')}/v1/traces` });
    // Of machine, process and user nothing is said, as detectors would by themselves.
    const resource = resourceFromAttributes({
      'service.name': service,
      'service.namespace': namespace,
      'service.version': version,
      'service.instance.id': randomUUID(),
    });
    const said = detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] });
    this.provider = new TracerProvider({
      resource: resource.merge(said),
      sampler: samplerOf(settings.OTEL_TRACES_SAMPLER, settings.OTEL_TRACES_SAMPLER_ARG),
      spanProcessors: [new BatchSpanProcessor({ exporter: new Told(exporter, log), scheduledDelayMillis: sendEvery })],
    });
    this.tracer = this.provider.getTracer('okienko', version);
  }

  override begin({ name, kind, parent, links = [], attributes = {}, at }: Beginning): Span {
    const context = isTraceparent(parent) ? trace.setSpanContext(ROOT_CONTEXT, remote(parent)) : ROOT_CONTEXT;
    const from = links.filter(isTraceparent).map((link): Link => ({ context: remote(link) }));
    const startTime = at ?? Date.now();
    return new OtlpSpan(
      this.tracer.startSpan(name, { kind: SpanKind[kind], attributes, links: from, startTime }, context),
    );
  }

  override async stop(): Promise<void> {
    await Promise.race([this.provider.shutdown().catch(() => undefined), pause(farewell, undefined, { ref: false })]);
  }
}

class OtlpSpan implements Span {
  readonly traceparent: string;

  constructor(private readonly span: Recorded) {
    const { traceId, spanId, traceFlags } = span.spanContext();
    this.traceparent = `00-${traceId}-${spanId}-0${traceFlags & 1}`;
  }

  end(attributes: Attributes = {}, failure?: unknown): void {
    this.span.setAttributes(attributes);
    if (failure !== undefined) this.span.setAttribute('error.type', kindOf(failure));
    // A rule that says no, and an event that came too early, are no faults of the system.
    if (failure !== undefined && !(failure instanceof DomainError) && !(failure instanceof NotYet))
      this.span.setStatus({ code: SpanStatusCode.ERROR });
    this.span.end();
  }
}

function kindOf(failure: unknown): string {
  if (typeof failure === 'string') return failure;
  if (failure instanceof DomainError) return failure.code;
  return failure instanceof Error ? failure.constructor.name : 'unknown';
}

const remote = (traceparent: string) => ({
  traceId: traceIdOf(traceparent),
  spanId: traceparent.slice(36, 52),
  traceFlags: isRecorded(traceparent) ? 1 : 0,
  isRemote: true,
});

const parentBased = 'parentbased_';

function samplerOf(name: Settings['OTEL_TRACES_SAMPLER'], share: number): Sampler {
  if (name.startsWith(parentBased))
    return new ParentBasedSampler({ root: ownSampler(name.slice(parentBased.length), share) });
  return ownSampler(name, share);
}

function ownSampler(name: string, share: number): Sampler {
  if (name === 'traceidratio') return new TraceIdRatioBasedSampler(share);
  return name === 'always_on' ? new AlwaysOnSampler() : new AlwaysOffSampler();
}

/** An exporter that says once when its collector is not to be had, and once when it is again. */
class Told implements SpanExporter {
  private isFailing = false;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly log: Logger,
  ) {}

  export(spans: ReadableSpan[], done: Parameters<SpanExporter['export']>[1]): void {
    this.exporter.export(spans, (result) => {
      const failed = result.code !== 0;
      if (failed && !this.isFailing) this.log.warn({ error: codeOf(result.error) }, 'traces.unsent');
      if (!failed && this.isFailing) this.log.info('traces.sent-again');
      this.isFailing = failed;
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }
}

/** Not the message: it may tell what the collector has answered. */
const codeOf = (error: Error | undefined): string =>
  String((error as { code?: unknown } | undefined)?.code ?? error?.name);
