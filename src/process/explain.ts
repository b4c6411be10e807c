import { describeFault, StoreUnavailableError } from '../store/errors.js';

/** Why the gateway or a command failed, in a sentence for operators. */
export function explain(error: unknown): string {
  if (error instanceof StoreUnavailableError) {
    const fault = describeFault('the store at DATABASE_URL', error.kind);
    return fault === null
      ? `cannot use the store at DATABASE_URL: ${error.reason}`
      : `${fault} (${error.reason}).`;
  }
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    const { address, port } = error as { address?: string; port?: number };
    return `${address}:${port} is in use. Set PORT or METRICS_PORT to another port, or stop the process that uses it.`;
  }
  return error.message;
}
