import { expect, it, onTestFinished } from 'vitest';
import { openStage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

const PAGE = 'https://app.example.com';

it("A running gateway checks the read key and the bucket's CORS rule, and shows both as metrics", async () => {
  const stage = await openStage({ env: { ALLOWED_ORIGINS: PAGE } });
  onTestFinished(() => stage.close());
  const metric = async (check: string) => {
    const text = await (await fetch(new URL('/metrics', stage.gateway.url))).text();
    return text.split('\n').find((line) => line.startsWith(`gateway_check_ok{check="${check}"`));
  };
  const shows = async (check: string, value: number) => {
    const expected = `gateway_check_ok{check="${check}",name="sandbox"} ${value}`;
    await waitFor(async () => (await metric(check)) === expected, { what: expected });
  };
  await shows('CORS rule', 1);
  await shows('read key', 1);

  await stage.sandbox.control('PUT', '/storage', { corsOrigins: ['https://other.example.com'] });
  await stage.gateway.kill();
  await stage.startGateway();
  await shows('CORS rule', 0);
  await shows('read key', 1);
  const line = stage.gateway
    .output()
    .split('\n')
    .find((each) => each.includes('check does not pass'));
  expect(line).toContain(PAGE);

  await stage.gateway.kill();
  await stage.startGateway({ MEDIA_PROXY: 'true' });
  await shows('read key', 1);
  expect(await metric('CORS rule')).toBeUndefined();
});
