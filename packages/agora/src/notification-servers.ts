import { withDocumentedNames } from './webhook/property-names.js';
import { readList, readObject, readText } from './webhook/read.js';

/**
 * The addresses in a reply to `GET /v1/ncs/ip`: data.service.hosts[].primaryIP, each once. Null if the body is not such a
 * reply (docs/agora/notifications.md, Source addresses).
 */
export function readNotificationServers(text: string): string[] | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null; // A proxy's page names no servers.
  }
  const service = readObject(readObject(readObject(withDocumentedNames(body))?.data)?.service);
  if (typeof service?.hosts !== 'object' || service.hosts === null) return null;
  const addresses = readList(service.hosts).flatMap((host) => readText(readObject(host)?.primaryIP) ?? []);
  return [...new Set(addresses)];
}
