import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { ANYONE } from '../../src/auth/caller.js';
import { createExecution, QUERIES } from '../../src/graphql/execution.js';
import { MAX_OPERATIONS_AT_ONCE } from '../../src/graphql/limits/bounds.js';
import { createLog } from '../../src/telemetry/log.js';
import { readingServices } from '../support/reading-services.js';
import { onBothDatabases } from '../store/support.js';

onBothDatabases(({ newStore }) => {
  it('Operations beyond those that may run at once are refused, and run again once others have ended', async () => {
    const store = await newStore();
    const exceeded: string[] = [];
    const execution = createExecution(readingServices(store), createLog('silent'), {
      introspection: true,
      onLimit: (limit) => exceeded.push(limit),
    });
    const document = parse('{ recordings(first: 1) { edges { cursor } } }');
    const query = () => execution.execute({ document, caller: ANYONE }, QUERIES);

    const results = await Promise.all(Array.from({ length: MAX_OPERATIONS_AT_ONCE + 3 }, query));

    const refused = results.filter(({ errors }) => errors !== undefined);
    expect(refused).toHaveLength(3);
    expect(refused[0]?.errors?.[0]).toMatchObject({ extensions: { code: 'GATEWAY_BUSY' } });
    expect(exceeded).toEqual(Array(3).fill('operations_at_once'));
    expect(await query()).toEqual({ data: { recordings: { edges: [] } } });
  });
});
