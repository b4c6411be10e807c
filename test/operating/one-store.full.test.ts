import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, run, runSandbox } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

async function second(sandboxUrl: string) {
  const gateway = run('dist/main.js', {
    PORT: String(await freePort()),
    SANDBOX_URL: sandboxUrl,
    DATABASE_URL: `file:${stage.databaseFile}`,
  });
  return { code: await gateway.exited, output: gateway.output() };
}

describe('A store', () => {
  it('belongs to one process: a second one exits with 78 and names the first', async () => {
    const { code, output } = await second(stage.sandbox.url);
    expect(code).toBe(78);
    expect(output).toContain(`process ${stage.gateway.child.pid}`);
  });

  it('is free again after its process was killed', async () => {
    await stage.gateway.kill('SIGKILL');
    await stage.startGateway();
    expect((await fetch(`${stage.gateway.url}/readyz`)).status).toBe(200);
  });

  it('remembers its Agora, and refuses another with exit code 78', async () => {
    await stage.gateway.kill();
    const other = await runSandbox({
      port: await freePort(),
      gatewayPort: await freePort(),
      dataFile: join(stage.directory, 'other-sandbox.db'),
    });
    const { code, output } = await second(other.url);
    expect(code).toBe(78);
    expect(output).toContain('The store belongs to');
    await other.kill();
  });
});
