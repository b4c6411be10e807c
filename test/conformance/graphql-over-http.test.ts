import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../support/stage.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

/** The audits of the GraphQL over HTTP specification, required and optional alike. */
const audits = serverAudits({ url: () => `${stage.gateway.url}/graphql`, fetchFn: fetch });

describe('GraphQL over HTTP', () => {
  it('has 61 audits', () => {
    expect(audits).toHaveLength(61);
  });

  it.each(audits.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))(
    '%s',
    async (_name, audit) => {
      const result = await audit.fn();
      const reply = 'response' in result ? `${result.response.status} ${await result.response.text()}` : '';
      expect(result.status, `${'reason' in result ? result.reason : ''} ${reply}`).toBe('ok');
    },
  );
});
