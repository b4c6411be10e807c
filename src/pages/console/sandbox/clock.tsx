import { duration, fullTime } from '../shell/text';
import { Labelled } from '../forms/labelled';
import { Outcome, useCommand } from '../shell/command';
import { useReading } from '../shell/reading';
import { Card } from './card';
import { type SandboxControl } from './control';

/** The clock is read again this often. Milliseconds. */
const INTERVAL_MS = 2_000;

const SPEEDS = [1, 2, 10, 60, 600];

const STEPS_SECONDS = [60, 600, 3_600, 86_400];

/** The time of the sandbox, which can run faster or step ahead. */
export function ClockCard({ control }: { control: SandboxControl }) {
  const { answer, error, set } = useReading(control.clock, INTERVAL_MS);
  const { busy, done, run } = useCommand();
  const speeds = [...new Set([...SPEEDS, ...(answer === null ? [] : [answer.speed])])].sort((a, b) => a - b);

  return (
    <Card title="Clock">
      <p className="number-line">{answer === null ? '–' : fullTime(new Date(answer.nowMs).toISOString())}</p>
      <Labelled id="sandbox-speed" label="Speed">
        <select
          id="sandbox-speed"
          disabled={busy || answer === null}
          value={answer?.speed ?? 1}
          onChange={({ target }) =>
            run(async () => {
              const changed = await control.changeClock({ speed: Number(target.value) });
              set(changed);
              return `A second of the sandbox now takes ${(1 / changed.speed).toFixed(4).replace(/\.?0+$/, '')} s.`;
            })
          }
        >
          {speeds.map((speed) => (
            <option key={speed} value={speed}>
              {speed} ×
            </option>
          ))}
        </select>
      </Labelled>
      <div className="buttons" role="group" aria-label="Step ahead">
        {STEPS_SECONDS.map((seconds) => (
          <button
            key={seconds}
            disabled={busy}
            onClick={() =>
              run(async () => {
                set(await control.changeClock({ stepMs: seconds * 1_000 }));
                return `The clock was set ahead by ${duration(seconds)}.`;
              })
            }
          >
            + {duration(seconds)}
          </button>
        ))}
      </div>
      <Outcome done={done} error={error} />
    </Card>
  );
}
