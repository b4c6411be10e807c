/**
 * Loaded before the gateway (node --import): kills the process with SIGKILL at one point of its first start, so that a
 * test can see what a crash exactly there leaves behind. DIE_AT names the point.
 */
const point = process.env.DIE_AT;
const original = globalThis.fetch;

function die() {
  process.kill(process.pid, 'SIGKILL');
  // The signal is delivered at once; nothing of the process runs on.
  return new Promise(() => undefined);
}

globalThis.fetch = async (input, init) => {
  const url = String(input instanceof Request ? input.url : input);
  const isAcquire = url.endsWith('/acquire');
  const isStart = url.endsWith('/start');
  if (isAcquire && point === 'before acquire') return await die();
  if (isStart && point === 'attempt stored') return await die();
  const reply = original(input, init);
  if (isStart && point === 'start sent') {
    // Long enough to be received; its reply is kept back by a fault of the sandbox.
    await new Promise((resolve) => setTimeout(resolve, 300));
    return await die();
  }
  const response = await reply;
  if (isAcquire && point === 'after acquire') return await die();
  if (isStart && point === 'reply received') return await die();
  return response;
};
