import { createHmac } from 'node:crypto';
import { type StartParameters } from '@agora-recording-gateway/agora/client/requests';
import {
  DEFAULT_RESOURCE_EXPIRED_HOURS,
  RESOURCE_VALID_MS,
} from '@agora-recording-gateway/agora/tables/operations';
import { type Clock } from '../../recordings/clock.js';
import * as z from 'zod';
import { type AcquiredStore } from '../../store/starts/acquired.js';
import { type Store } from '../../store/store.js';
import { jsonColumn, type ReportUnreadable } from '../../store/stored-json.js';
import { userError, type UserError } from '../user-errors.js';

/** Characters of a hash that are kept: enough to distinguish values, too few to guess a secret from. */
const HASH_CHARACTERS = 16;

/** What a resource is acquired for, or a start is about. */
export interface ResourcePurpose {
  appId: string;
  channel: string;
  uid: string;
  scene: number;
  /** clientRequest of start, as far as acquire sent it; null if it was not sent. */
  startParameters: Partial<StartParameters> | null;
  /** The caller's own input, which the field of an error refers to. */
  input: ReservationInput;
}

/** What acquire is given besides the config. A start with its resource cannot change it. */
interface ReservationInput {
  channel: string;
  uid: string;
  region?: string | null;
  resourceExpiredHours?: number | null;
}

/** Hashes of the values of an object by their paths: "recordingConfig.maxIdleTime". */
type Leaves = Map<string, string>;

const leaves = z.array(z.tuple([z.string(), z.string()]));

/** What a resource was acquired for, as it is stored: paths with hashes. A start is compared with what can be read. */
const FACTS = jsonColumn(
  { table: 'acquired_resources', column: 'facts' },
  {
    version: 1,
    schema: z.object({
      leaves,
      inputLeaves: leaves,
      hasParameters: z.boolean(),
      // Absent where an earlier release wrote it.
      reserved: z.exactOptional(
        z.object({ region: z.nullable(z.string()), resourceExpiredHours: z.number() }),
      ),
      // When the gateway made the token that acquire sent, Unix seconds.
      tokenIssuedAt: z.exactOptional(z.number()),
    }),
  },
);

type AcquiredFacts = NonNullable<ReturnType<typeof FACTS.readIfPossible>>;

/** What is known of a resource that can still be started. */
export interface AcquiredResource {
  /** The hours for which it was acquired; null where an earlier release acquired it. */
  resourceExpiredHours: number | null;
  /** When the gateway made the token that acquire sent, Unix seconds; null if it made none. */
  tokenIssuedAt: number | null;
  /** The user error for a start that differs from what it was acquired for; null if it does not. */
  mismatch(purpose: ResourcePurpose): UserError | null;
}

/** Properties of the input that are about acquiring or about this call, not about what is recorded. */
const NOT_COMPARED = ['resourceId', 'idempotencyKey', 'region', 'excludeResourceIds', 'resourceExpiredHours'];

/**
 * Remembers in the store what resources were acquired for, so that every gateway refuses a start which differs before
 * Agora is asked, with the field that differs: Agora only says "request_hash mismatch!". Only keyed hashes are kept, since
 * the values may be secret.
 */
export class AcquiredResources {
  readonly #clock: Clock;
  readonly #key: string;
  readonly #store: AcquiredStore;
  readonly #report: ReportUnreadable;

  /** The hashes are keyed with the store's own key, which all its gateways have. */
  constructor(
    clock: Clock,
    { inputKey, acquired, reportUnreadable }: Pick<Store, 'inputKey' | 'acquired' | 'reportUnreadable'>,
  ) {
    this.#clock = clock;
    this.#key = inputKey;
    this.#store = acquired;
    this.#report = reportUnreadable;
  }

  /**
   * `acquiredAt`: gateway time, Unix milliseconds. `tokenIssuedAt`: when the gateway made the token that was sent, Unix seconds;
   * null if it made none. Rejects with StoreUnavailableError.
   */
  async add(
    resourceId: string,
    purpose: ResourcePurpose,
    acquiredAt: number,
    tokenIssuedAt: number | null,
  ): Promise<void> {
    const facts = {
      leaves: [...this.#leavesOf(purpose)],
      inputLeaves: [...this.#hash(purpose.input)],
      hasParameters: purpose.startParameters !== null,
      reserved: {
        region: purpose.input.region ?? null,
        resourceExpiredHours: purpose.input.resourceExpiredHours ?? DEFAULT_RESOURCE_EXPIRED_HOURS,
      },
      ...(tokenIssuedAt === null ? {} : { tokenIssuedAt }),
    };
    await this.#store.keep(resourceId, { facts: FACTS.write(facts), acquiredAt }, RESOURCE_VALID_MS);
  }

  /** What is known of a resource; null if no gateway of this store acquired it lately. Rejects with StoreUnavailableError. */
  async find(resourceId: string): Promise<AcquiredResource | null> {
    const acquired = await this.#store.find(resourceId);
    const isValid = acquired !== null && this.#clock.now() - acquired.acquiredAt < RESOURCE_VALID_MS;
    const facts = isValid ? FACTS.readIfPossible(acquired.facts, acquired.key, this.#report) : null;
    if (facts === null) return null;
    return {
      resourceExpiredHours: facts.reserved?.resourceExpiredHours ?? null,
      tokenIssuedAt: facts.tokenIssuedAt ?? null,
      mismatch: (purpose) =>
        this.#mismatch(facts, purpose) ?? reservedOtherwise(facts.reserved, purpose.input),
    };
  }

  #mismatch(
    { leaves, inputLeaves, hasParameters }: AcquiredFacts,
    purpose: ResourcePurpose,
  ): UserError | null {
    const start = hasParameters ? purpose : { ...purpose, startParameters: null };
    const different = differences(new Map(leaves), this.#leavesOf(start));
    if (different.length === 0) return null;
    const inInput = differences(new Map(inputLeaves), this.#hash(purpose.input)).filter(isCompared);
    const ofStorage = different[0]?.startsWith('storageConfig.') === true;
    const otherwise = ofStorage ? 'storage' : 'config';
    const field = different.find((path) => PLACE.includes(path)) ?? inInput[0] ?? otherwise;
    const message =
      `The start differs from what its resource was acquired for: ${different.slice(0, MAX_NAMED).join(', ')}. Use the same ` +
      'values, or start without resourceId.';
    return userError('RESOURCE_MISMATCH', message, { field: field.split('.') });
  }

  #leavesOf({ appId, channel, uid, scene, startParameters }: ResourcePurpose): Leaves {
    return this.#hash({ appId, channel, uid, scene, ...startParameters });
  }

  #hash(value: unknown): Leaves {
    const found: Leaves = new Map();
    collect(value, '', (path, leaf) => {
      const text = leaf instanceof Date ? leaf.toISOString() : JSON.stringify(leaf);
      const hash = createHmac('sha256', this.#key).update(text).digest('base64url');
      found.set(path, hash.slice(0, HASH_CHARACTERS));
    });
    return found;
  }
}

/** The user error for a start that asks for another region or time than its resource was acquired for. */
function reservedOtherwise(reserved: AcquiredFacts['reserved'], input: ReservationInput): UserError | null {
  if (reserved === undefined) return null;
  const name = (['region', 'resourceExpiredHours'] as const).find(
    (each) => input[each] != null && input[each] !== reserved[each],
  );
  if (name === undefined) return null;
  const acquired = reserved[name] === null ? `without ${name}` : `with ${name} ${reserved[name]}`;
  const message = `The resource was acquired ${acquired}, and a start cannot change that. Leave ${name} out, or start without resourceId.`;
  return userError('RESOURCE_MISMATCH', message, { field: [name] });
}

/** Names in the message of an error. */
const MAX_NAMED = 5;

/** What every start names; its paths are those of the input. */
const PLACE = ['appId', 'channel', 'uid'];

function isCompared(path: string): boolean {
  return !NOT_COMPARED.includes(path.split('.')[0] ?? '');
}

/** A list counts as one value: the index of a differing entry would not help a caller. */
function collect(value: unknown, path: string, take: (path: string, leaf: unknown) => void): void {
  if (value == null) return;
  if (typeof value !== 'object' || Array.isArray(value) || value instanceof Date) {
    take(path, value);
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    collect(inner, path === '' ? name : `${path}.${name}`, take);
  }
}

/** Paths whose values differ, or that only one side has. */
function differences(left: Leaves, right: Leaves): string[] {
  const paths = new Set([...left.keys(), ...right.keys()]);
  return [...paths].filter((path) => left.get(path) !== right.get(path));
}
