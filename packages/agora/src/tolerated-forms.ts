import { type AssumptionName } from './assumptions.js';
import { documentedSpelling, withDocumentedNames } from './webhook/property-names.js';
import { readBoolean, readInteger, readObject } from './webhook/read.js';

/** Documented as numbers. `status` is not here: it is a word in event 100, and has separate assumptions. */
const NUMBERS = new Set([
  ...['productId', 'eventType', 'notifyMs', 'eventMs', 'sequence', 'sendts', 'serviceType', 'module'],
  ...[
    'errorLevel',
    'errorCode',
    'stat',
    'warnCode',
    'recordingMode',
    'exitStatus',
    'leaveStatus',
    'progress',
  ],
  ...['leaveCode', 'startUtcMs', 'discontinueUtcMs', 'UtcMs', 'recorderStartTime', 'sliceStartTime', 'code'],
]);

/** Documented as booleans. `mixedAllUser` of event 42 has a separate assumption. */
const BOOLEANS = new Set(['isPlayable', 'onhold']);

const LISTS = new Set(['fileList', 'extensionServiceState', 'uids', 'outputs', 'videoInfo']);

/** What every notification says in its payload. */
const PAYLOAD_FACTS = ['cname', 'uid', 'sid', 'sendts'];

/** Nothing that is read lies deeper. */
const MAX_DEPTH = 10;

function look(value: unknown, found: Set<AssumptionName>, depth = 0): void {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const inner of value) look(inner, found, depth + 1);
    return;
  }
  for (const [given, inner] of Object.entries(value)) {
    const spelling = documentedSpelling(given);
    const name = spelling ?? given;
    if (spelling !== null) found.add('namesHaveDocumentedCase');
    if (NUMBERS.has(name) && typeof inner === 'string' && readInteger(inner) !== null) {
      found.add('valuesHaveDocumentedTypes');
    }
    if (BOOLEANS.has(name) && typeof inner === 'string' && readBoolean(inner) !== null) {
      found.add('valuesHaveDocumentedTypes');
    }
    if (LISTS.has(name) && readObject(inner) !== null) found.add('listsAreArrays');
    if (name === 'extensionServiceState' && lacksName(inner)) found.add('servicesHaveNames');
    look(inner, found, depth + 1);
  }
}

function lacksName(services: unknown): boolean {
  const list: unknown[] = Array.isArray(services) ? services : [services];
  return list.some((service) => {
    const object = readObject(withDocumentedNames(service));
    return object !== null && typeof object.serviceName !== 'string';
  });
}

/** Which assumptions the form of a reply contradicts, in what is read all the same. */
export function toleratedInReply(body: unknown): AssumptionName[] {
  const found = new Set<AssumptionName>();
  look(body, found);
  return [...found];
}

/** The same for the envelope of a notification. */
export function toleratedInNotification(envelope: unknown): AssumptionName[] {
  const found = new Set<AssumptionName>();
  look(envelope, found);
  const { payload, ...outside } = readObject(withDocumentedNames(envelope)) ?? {};
  const facts = readObject(payload) ?? {};
  const missing = PAYLOAD_FACTS.some((name) => facts[name] == null) || readObject(facts.details) === null;
  if (missing || outside.noticeId == null || outside.eventType == null)
    found.add('factsHaveDocumentedPlaces');
  return [...found];
}
