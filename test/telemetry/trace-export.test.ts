import { describe, expect, it } from 'vitest';
import { readTracing } from '../../src/telemetry/trace-export.js';
import { currentOrigin, currentTraceId, traced } from '../../src/telemetry/tracing.js';

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.example.com:4318' };

describe('The variables of OpenTelemetry', () => {
  it.each<[string, Record<string, string>]>([
    ['none is set', {}],
    ['the exporter is none', { ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }],
    ['the SDK is disabled', { ...ENDPOINT, OTEL_SDK_DISABLED: 'TRUE' }],
    ['an address is blank', { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }],
    ['others alone are set', { OTEL_SERVICE_NAME: 'recordings', OTEL_TRACES_SAMPLER: 'always_on' }],
  ])('ask for no spans where %s', (_case, environment) => {
    expect(readTracing(environment)).toBeNull();
  });

  it.each<[Record<string, string>, string]>([
    [ENDPOINT, 'http/protobuf'],
    [{ OTEL_TRACES_EXPORTER: 'otlp' }, 'http/protobuf'],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://localhost:4318/v1/traces' }, 'http/protobuf'],
    [{ ...ENDPOINT, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', OTEL_SDK_DISABLED: 'false' }, 'http/json'],
    [
      { ...ENDPOINT, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json' },
      'http/json',
    ],
  ])('ask for spans with %j', (environment, protocol) => {
    expect(readTracing(environment)).toEqual({ protocol });
  });

  it.each<[Record<string, string>, string]>([
    [{ OTEL_TRACES_EXPORTER: 'zipkin' }, 'OTEL_TRACES_EXPORTER must be otlp or none'],
    [
      { ...ENDPOINT, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      'OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf or http/json',
    ],
    [{ ...ENDPOINT, OTEL_EXPORTER_OTLP_PROTOCOL: 'toString' }, 'OTEL_EXPORTER_OTLP_PROTOCOL must be'],
  ])('ask for what is not there with %j', (environment, problem) => {
    expect(readTracing(environment)).toEqual({ problem: expect.stringContaining(problem) as string });
  });
});

describe('Without an SDK', () => {
  it('work runs, returns and fails as without a span', async () => {
    const result = await traced('any', { kind: 'server' }, (span) => {
      span.set({ any: 'text' });
      span.fail('code');
      return Promise.resolve({ traceId: currentTraceId(), ...currentOrigin() });
    });
    expect(result).toEqual({ traceId: null, links: [] });
    const failure = new Error('as it is');
    await expect(traced('any', {}, () => Promise.reject(failure))).rejects.toBe(failure);
  });
});
