import { useState } from 'react';
import { Labelled } from '../forms/labelled';
import { words } from '../shell/text';
import { Outcome, useCommand } from '../shell/command';
import { useReading } from '../shell/reading';
import { Card } from './card';
import { type Fault, type FaultAsked, type SandboxControl } from './control';

/** Pending faults are read again this often. Milliseconds. */
const INTERVAL_MS = 2_000;

const OPERATIONS = ['acquire', 'start', 'query', 'update', 'updateLayout', 'stop', 'any'] as const;

/** Faults without a reply of Agora, by their names in the list of choices. */
const CUTS: Readonly<Record<string, { label: string } & Pick<FaultAsked, 'drop' | 'delayMs'>>> = {
  'drop:request': { label: 'The call is lost on its way', drop: 'request' },
  'drop:reply': { label: 'It is carried out, and the reply is lost', drop: 'reply' },
  'delay:10': { label: 'The reply takes 10 s', delayMs: 10_000 },
};

function operationWords(name: string): string {
  if (name === 'any') return 'Every call';
  return words(name.replace(/([A-Z])/g, '_$1'));
}

function effectOf({ drop, delayMs, status, body }: Fault): string {
  if (drop !== undefined) return CUTS[`drop:${drop}`]?.label ?? drop;
  if (status === undefined) return `The reply takes ${(delayMs ?? 0) / 1_000} s`;
  return [`HTTP ${status}`, body?.reason ?? body?.message].filter(Boolean).join(', ');
}

/** Calls of the gateway that fail on order. */
export function FaultsCard({ control }: { control: SandboxControl }) {
  const { answer: replies, error: withoutReplies } = useReading(control.replies);
  const { answer: faults, error, again } = useReading(control.faults, INTERVAL_MS);
  const { busy, done, run } = useCommand();
  const [operation, setOperation] = useState<string>('query');
  const [effect, setEffect] = useState('drop:request');
  const [times, setTimes] = useState('1');
  const [channel, setChannel] = useState('');
  const fitting = replies?.filter((reply) => [operation, 'any'].includes(reply.operation)) ?? [];

  function asked(): FaultAsked {
    const { drop, delayMs } = CUTS[effect] ?? {};
    const reply = CUTS[effect] === undefined ? effect : undefined;
    const cname = channel.trim() === '' ? undefined : channel.trim();
    return { operation, times: Number(times), cname, reply, drop, delayMs };
  }

  return (
    <Card title="Failures">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          run(async () => {
            await control.addFault(asked());
            again();
            return 'The failure waits for its calls.';
          });
        }}
      >
        <Labelled id="fault-operation" label="Call">
          <select
            id="fault-operation"
            value={operation}
            onChange={({ target }) => {
              setOperation(target.value);
              if (CUTS[effect] === undefined) setEffect('drop:request');
            }}
          >
            {OPERATIONS.map((name) => (
              <option key={name} value={name}>
                {operationWords(name)}
              </option>
            ))}
          </select>
        </Labelled>
        <Labelled id="fault-effect" label="What happens">
          <select id="fault-effect" value={effect} onChange={({ target }) => setEffect(target.value)}>
            {Object.entries(CUTS).map(([name, { label }]) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
            {fitting.map(({ name, status }) => (
              <option key={name} value={name}>
                Agora replies {status}: {name.replaceAll('-', ' ')}
              </option>
            ))}
          </select>
        </Labelled>
        <div className="pair">
          <Labelled id="fault-times" label="Times">
            <input
              id="fault-times"
              type="number"
              min={1}
              max={1_000}
              required
              value={times}
              onChange={({ target }) => setTimes(target.value)}
            />
          </Labelled>
          <Labelled id="fault-channel" label="In channel">
            <input
              id="fault-channel"
              placeholder="All"
              maxLength={64}
              value={channel}
              onChange={({ target }) => setChannel(target.value)}
            />
          </Labelled>
        </div>
        <button className="primary" disabled={busy}>
          Play the failure
        </button>
      </form>
      {faults !== null && faults.length > 0 && (
        <>
          <ul className="plain" aria-label="Failures that wait for their calls">
            {faults.map((fault) => (
              <li key={fault.id}>
                <strong>{operationWords(fault.operation)}</strong> {effectOf(fault)}, {fault.remaining} ×
                {fault.cname === undefined ? '' : ` in ${fault.cname}`}
              </li>
            ))}
          </ul>
          <button
            disabled={busy}
            onClick={() =>
              run(async () => {
                await control.clearFaults();
                again();
                return 'All failures were removed.';
              })
            }
          >
            Remove all
          </button>
        </>
      )}
      <Outcome done={done} error={error ?? withoutReplies} />
    </Card>
  );
}
