import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** Stands between a client and the gateway, and cuts their connections on demand. */
export interface CutProxy {
  url: string;
  /** Cuts every connection that is open. Returns how many there were. */
  cut(): number;
  /** Refuses connections from now on, or accepts them again. */
  refuse(isRefusing: boolean): void;
  close(): Promise<void>;
}

export async function openCutProxy(target: string): Promise<CutProxy> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let refusing = false;
  const server = createServer((client) => {
    if (refusing) {
      client.resetAndDestroy();
      return;
    }
    const gateway = connect(Number(port), hostname);
    for (const [from, to] of [
      [client, gateway],
      [gateway, client],
    ] as const) {
      open.add(from);
      from.pipe(to);
      // Either end may be reset: then the other one ends as well.
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    const count = open.size;
    for (const socket of open) socket.destroy();
    return count;
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    refuse: (isRefusing) => (refusing = isRefusing),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}
