import * as fc from 'fast-check';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createSchema } from '../../../src/graphql/schema.js';
import { largeSized } from '../../support/size.js';
import { openStage, type Stage } from '../../support/stage.js';
import { type GraphQLBody, postRequest } from '../../support/transports.js';
import { anyOperation, type AnyOperation } from './any-document.js';

/** Documents, half of them over each transport. */
const DOCUMENTS = largeSized(3_000, 30_000);

/** Documents before memory is measured for the first time: caches fill, and code is compiled. */
const WARM_UP = largeSized(2_000, 3_000);

/** Memory that may stay, against that after the warm-up. */
const MAX_GROWTH = 1.25;

const AT_ONCE = 8;

const seed = Number(process.env.SEED ?? Math.trunc(Math.random() * 2 ** 31));

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  await stage.gateway.kill();
  await stage.startGateway({}, ['--expose-gc', '--import', './test/support/databases/collect-garbage.mjs']);
});

afterAll(async () => {
  await stage.close();
});

async function residentBytes(): Promise<number> {
  const text = await (await fetch(`${stage.gateway.url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\d+)/m.exec(text)?.[1]);
}

describe('Documents of all kinds', () => {
  it(`are accepted or refused for a reason that names the caller's part (seed ${seed})`, async () => {
    const failures: { operation: AnyOperation; answer: unknown }[] = [];
    const outcomes = { accepted: 0, refused: 0 };

    function check(operation: AnyOperation, status: number, body: GraphQLBody): void {
      const isInternal = body.errors?.some(({ extensions }) => extensions?.code === 'INTERNAL_SERVER_ERROR');
      if (status >= 500 || isInternal === true) failures.push({ operation, answer: { status, body } });
      outcomes[body.errors === undefined ? 'accepted' : 'refused'] += 1;
    }

    async function byHttp(operation: AnyOperation): Promise<void> {
      const { status, body } = await postRequest(stage.gateway.url, operation);
      check(operation, status, body);
    }

    const client = createClient({
      url: `${stage.gateway.url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      lazy: false,
      retryAttempts: 0,
      onNonLazyError: (error) => failures.push({ operation: { query: '', variables: {} }, answer: error }),
    });

    /** A subscription that was accepted is ended at once: no event occurs that it could report. */
    async function bySocket(operation: AnyOperation): Promise<void> {
      const isSubscription = operation.query.startsWith('subscription');
      await new Promise<void>((resolve) => {
        const end = client.subscribe(operation, {
          next: (result) => {
            check(operation, 200, result as GraphQLBody);
            end();
          },
          error: (errors) => {
            if (Array.isArray(errors)) check(operation, 200, { errors: errors as GraphQLBody['errors'] });
            else failures.push({ operation, answer: errors });
            resolve();
          },
          complete: resolve,
        });
        if (isSubscription) void postRequest(stage.gateway.url, { query: '{ __typename }' }).then(end);
      });
    }

    const operations = fc.sample(anyOperation(createSchema()), { numRuns: DOCUMENTS, seed });
    let sent = 0;
    async function sendUpTo(end: number): Promise<void> {
      const sender = async () => {
        while (sent < end) {
          const index = sent;
          sent += 1;
          await (index % 2 === 0 ? byHttp : bySocket)(operations[index]!);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, sender));
    }
    await sendUpTo(WARM_UP);
    const before = await residentBytes();
    await sendUpTo(DOCUMENTS);
    const after = await residentBytes();
    await client.dispose();

    const growth = after / before;
    console.info(`${DOCUMENTS} documents, ${JSON.stringify({ ...outcomes, before, after, growth })}`);
    expect(failures.slice(0, 3)).toEqual([]);
    expect(growth).toBeLessThan(MAX_GROWTH);
    // Neither kind is rare, or little would have been tried.
    expect(Math.min(outcomes.accepted, outcomes.refused)).toBeGreaterThan(DOCUMENTS / 10);
  }, 3_600_000);
});
