/**
 * Whether a WebSocket comes from a page of the gateway itself. A browser sends the Origin of the page that opens it, and
 * nothing else protects the socket from other pages. Clients that are not browsers send none.
 */
export function isSameOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true;
  if (host === undefined || !URL.canParse(origin)) return false;
  return new URL(origin).host === host.toLowerCase();
}
