import {
  type Attributes,
  context,
  type Context,
  isSpanContextValid,
  type Link,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { VERSION } from '../version.js';

/** Spans of the gateway. Without an SDK nothing is made of them: `traced` then runs its work and does nothing else. */

/** The trace that a client continues here, by its `traceparent` (https://www.w3.org/TR/trace-context/). */
export interface ClientTrace {
  /** 32 and 16 hexadecimal digits. */
  traceId: string;
  spanId: string;
  isSampled: boolean;
}

/** A longer text of an attribute is cut. In characters. */
const MAX_TEXT_LENGTH = 200;

export interface SpanOptions {
  kind?: 'server' | 'client' | 'internal';
  attributes?: Attributes;
  /** The trace that a client continues; absent or null: that of the work that this is part of. */
  parent?: ClientTrace | null;
  /** Begins a new trace, which is linked to this span. */
  root?: SpanOrigin;
}

/** Names a span that others are linked to. */
export interface SpanOrigin {
  readonly links: Link[];
}

/** What the work of a span may add to it. */
export interface OpenSpan {
  set(attributes: Attributes): void;
  /** Marks it as failed, by a code that holds no text of a client. */
  fail(code: string): void;
}

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;

const NOTHING: OpenSpan = { set: () => undefined, fail: () => undefined };

let isOn = false;

/** Called by who installs an SDK. */
export function switchTracing(on: boolean): void {
  isOn = on;
}

/** Whether spans are made, for what would be costly to describe for none. */
export const isTracing = () => isOn;

function bounded(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.slice(0, MAX_TEXT_LENGTH) : value,
    ]),
  );
}

function contextFor({ parent, root }: SpanOptions): Context {
  if (root !== undefined) return ROOT_CONTEXT;
  if (parent == null) return context.active();
  const { traceId, spanId, isSampled } = parent;
  const traceFlags = isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return trace.setSpanContext(context.active(), { traceId, spanId, traceFlags, isRemote: true });
}

function opened(span: Span): OpenSpan {
  return {
    set: (attributes) => void span.setAttributes(bounded(attributes)),
    fail: (code) =>
      void span.setStatus({ code: SpanStatusCode.ERROR, message: code.slice(0, MAX_TEXT_LENGTH) }),
  };
}

/**
 * Runs `work` as a span, of which what it begins becomes a part. Attributes hold no secrets, no variables and no text of clients
 * but the names of operations.
 */
export async function traced<Result>(
  name: string,
  options: SpanOptions,
  work: (span: OpenSpan) => Promise<Result>,
): Promise<Result> {
  if (!isOn) return await work(NOTHING);
  const { kind = 'internal', attributes = {}, root } = options;
  const within = contextFor(options);
  const span = trace
    .getTracer('agora-recording-gateway', VERSION)
    .startSpan(
      name,
      { kind: KINDS[kind], attributes: bounded(attributes), ...(root && { links: root.links }) },
      within,
    );
  const open = opened(span);
  try {
    return await context.with(trace.setSpan(within, span), () => work(open));
  } catch (error) {
    open.fail(error instanceof Error ? error.name : 'Error');
    throw error;
  } finally {
    span.end();
  }
}

/** The span that this is part of; null without one. */
function currentSpan(): SpanContext | null {
  if (!isOn) return null;
  const found = trace.getSpanContext(context.active());
  return found === undefined || !isSpanContextValid(found) ? null : found;
}

/** The span that this is part of, for links to it. */
export function currentOrigin(): SpanOrigin {
  const span = currentSpan();
  return { links: span === null ? [] : [{ context: span }] };
}

/** The id of the trace that this is part of; null without one. */
export function currentTraceId(): string | null {
  return currentSpan()?.traceId ?? null;
}
