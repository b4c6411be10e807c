import {
  type Dependency,
  GatewayError,
  GatewayStatusDocument,
  type GatewayStatusQuery,
} from '@agora-recording-gateway/client';
import { useGateway } from '@agora-recording-gateway/client/react';
import { useCallback } from 'react';
import { Facts } from '../one/facts';
import { useReading } from '../shell/reading';
import { fullTime, words } from '../shell/text';

/** The gateway is asked again this often while its room is open. Milliseconds. */
const INTERVAL_MS = 2_000;

type Gateway = GatewayStatusQuery['gateway'];

/** What failed, as the rest of the console calls it. */
const DEPENDENCIES: Record<Dependency, string> = { AGORA: 'Agora', STORE: 'Store' };

function Bars({ rows }: { rows: readonly { reason: string; count: number }[] }) {
  const largest = Math.max(1, ...rows.map(({ count }) => count));
  if (rows.length === 0) return <p className="notice">Agora has not been called yet.</p>;
  return (
    <ul className="bars">
      {rows.map(({ reason, count }) => (
        <li key={reason}>
          <span>{words(reason)}</span>
          <meter min={0} max={largest} value={count} aria-label={words(reason)} />
          <span className="number">{count}</span>
        </li>
      ))}
    </ul>
  );
}

function Status({ gateway }: { gateway: Gateway }) {
  const { status } = gateway;
  if (status === null) return null;
  const { budget, webhookLag } = status;
  return (
    <div className="cards">
      <section className="card">
        <h3>Calls to Agora</h3>
        <Facts
          facts={[
            ['A second, now', budget.callsPerSecond.toFixed(1)],
            ['Waiting for a permit', budget.waiting],
          ]}
        />
        <Bars rows={status.callsByReason} />
      </section>
      <section className="card">
        <h3>Notifications</h3>
        <Facts
          facts={
            webhookLag === null
              ? [['Delay', 'None has arrived lately']]
              : [
                  ['Arrived lately', webhookLag.notifications],
                  ['Median delay', `${webhookLag.medianSeconds.toFixed(2)} s`],
                  ['Largest delay', `${webhookLag.maxSeconds.toFixed(2)} s`],
                ]
          }
        />
        <Facts facts={[['Gaps', status.gaps]]} />
      </section>
      <section className="card">
        <h3>Gateway</h3>
        <Facts
          facts={[
            ['Mode', words(gateway.mode)],
            ['Version', gateway.version],
            ['Subscribers', status.subscribers],
          ]}
        />
      </section>
      <section className="card">
        <h3>Outages</h3>
        {status.outages.length === 0 ? (
          <p>None is known.</p>
        ) : (
          <ul className="plain">
            {status.outages.map(({ dependency, from, to }) => (
              <li key={`${dependency} ${from}`}>
                {DEPENDENCIES[dependency]}: {fullTime(from)} to {to === null ? 'now' : fullTime(to)}
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

/** The gateway at a glance: what it spends, and what it misses. */
export function GatewayRoom() {
  const client = useGateway();
  const read = useCallback(
    async (signal: AbortSignal) => (await client.request(GatewayStatusDocument, {}, { signal })).gateway,
    [client],
  );
  const { answer: gateway, error } = useReading(read, INTERVAL_MS);

  return (
    <section className="room" aria-labelledby="gateway-title" tabIndex={0}>
      <h2 id="gateway-title">Gateway</h2>
      {error instanceof GatewayError && error.code === 'FORBIDDEN' ? (
        <p className="notice">Your credential may not see this. It needs the scope recordings:admin.</p>
      ) : (
        error !== null && (
          <p role="alert" className="notice error">
            {error.message}
          </p>
        )
      )}
      {gateway !== null && <Status gateway={gateway} />}
    </section>
  );
}
