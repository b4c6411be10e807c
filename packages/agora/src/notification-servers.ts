import { type AssumptionName } from './assumptions.js';
import { Reader, readObject } from './webhook/read.js';

/**
 * The addresses in a reply to `GET /v1/ncs/ip`: data.service.hosts[].primaryIP, each once. Null if the body is not such a
 * reply (docs/agora/notifications.md, Source addresses).
 */
export function readNotificationServers(text: string): {
  servers: string[] | null;
  contradicted: AssumptionName[];
} {
  const reader = new Reader();
  const servers = readServers(text, reader);
  return { servers, contradicted: reader.contradicted };
}

function readServers(text: string, reader: Reader): string[] | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null; // A proxy's page names no servers.
  }
  const service = reader.object(reader.object(reader.object(reader.named(body))?.data)?.service);
  if (typeof service?.hosts !== 'object' || service.hosts === null) return null;
  const addresses = reader
    .list(service.hosts)
    .flatMap((host) => reader.id(readObject(host)?.primaryIP) ?? []);
  return [...new Set(addresses)];
}
