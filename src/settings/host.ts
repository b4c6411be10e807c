/** Whether a text is a host as in a Host header: a name or an address, with or without a port, and nothing else. */
export function isHost(text: string): boolean {
  if (!/^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(:\d{1,5})?$/i.test(text)) return false;
  return URL.canParse(`http://${text}`);
}
