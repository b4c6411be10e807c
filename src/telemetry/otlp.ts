/** The SDK of OpenTelemetry and its exporters: what is loaded only where spans are sent. */
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { VERSION } from '../version.js';
import { type Protocol } from './trace-export.js';

const EXPORTERS = { 'http/protobuf': ProtobufExporter, 'http/json': JsonExporter };

/** Makes the tracer of the process, by the variables of its environment; ends with `shutdown`. */
export function registerTracer(protocol: Protocol): NodeTracerProvider {
  const named = detectResources({ detectors: [envDetector] });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'agora-recording-gateway',
      'service.version': VERSION,
    }).merge(named),
    spanProcessors: [new BatchSpanProcessor(new EXPORTERS[protocol]())],
  });
  // Nothing is propagated: Agora has no use for our traces.
  provider.register({ propagator: null });
  return provider;
}
