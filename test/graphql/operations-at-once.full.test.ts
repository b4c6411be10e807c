import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { createExecution, QUERIES } from '../../src/graphql/execution.js';
import { MAX_OPERATIONS_AT_ONCE } from '../../src/graphql/limits/bounds.js';
import { createLog } from '../../src/telemetry/log.js';
import {
  NO_AUDIT,
  NO_CALLER_LIMITS,
  NO_TRUSTED_DOCUMENTS,
  TEST_REQUESTER,
} from '../support/bare-execution.js';
import { readingServices } from '../support/reading-services.js';
import { waitFor } from '../support/wait-for.js';
import { onBothDatabases } from '../store/support.js';

onBothDatabases(({ newStore }) => {
  it('Operations beyond those that may run at once are refused, and run again once others have ended', async () => {
    const store = await newStore();
    const exceeded: string[] = [];
    const execution = createExecution(readingServices(store), createLog('silent'), {
      introspection: true,
      callerLimits: NO_CALLER_LIMITS,
      audit: NO_AUDIT,
      trustedDocuments: NO_TRUSTED_DOCUMENTS,
      onLimit: (limit) => exceeded.push(limit),
    });
    const document = parse('{ recordings(first: 1) { edges { cursor } } }');
    const query = () => execution.execute({ document, requester: TEST_REQUESTER }, QUERIES);

    const results = await Promise.all(Array.from({ length: MAX_OPERATIONS_AT_ONCE + 3 }, query));

    // On a slow machine the database does not serve so many in time; those have run all the same.
    const codes = results.map(({ errors }) => errors?.[0]?.extensions?.code);
    expect(codes.filter((code) => code === 'GATEWAY_BUSY')).toHaveLength(3);
    expect(exceeded).toEqual(Array(3).fill('operations_at_once'));
    expect(await waitFor(async () => (await query()).data)).toEqual({ recordings: { edges: [] } });
  });
});
