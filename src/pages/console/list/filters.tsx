import { type CountsDetailsFragment, watchCounts } from '@agora-recording-gateway/client';
import { useGateway } from '@agora-recording-gateway/client/react';
import { useEffect, useState } from 'react';
import { moveTo, useAddress } from '../shell/address';
import { PHASES } from '../shell/phase';
import { words } from '../shell/text';
import { MODES, modeOf, phasesOf } from './filter';

/** How many recordings there are, live; null until they are counted, or where they cannot be. */
function useCounts(): CountsDetailsFragment | null {
  const client = useGateway();
  const [counts, setCounts] = useState<CountsDetailsFragment | null>(null);
  useEffect(() => {
    const closing = new AbortController();
    const { signal } = closing;
    const run = async () => {
      try {
        for await (const counted of watchCounts(client, { signal })) setCounts(counted);
      } catch {
        // The list is refused for the same reason, and shows it.
        if (!signal.aborted) setCounts(null);
      }
    };
    void run();
    return () => closing.abort();
  }, [client]);
  return counts;
}

export function Filters() {
  const address = useAddress();
  const counts = useCounts();
  const chosen = phasesOf(address);
  const countOf = (phase: string) => counts?.byPhase.find((row) => row.phase === phase)?.count ?? 0;

  return (
    <search className="filters">
      <div className="phases" role="group" aria-label="Phases">
        {PHASES.map((phase) => (
          <button
            key={phase}
            type="button"
            className="chip"
            data-phase={phase}
            aria-pressed={chosen.includes(phase)}
            onClick={() => {
              const next = chosen.includes(phase)
                ? chosen.filter((other) => other !== phase)
                : [...chosen, phase];
              moveTo({ phase: next.join(',') });
            }}
          >
            {words(phase)}
            <span className="count">{counts === null ? '–' : countOf(phase)}</span>
          </button>
        ))}
      </div>
      <div className="search-row">
        <input
          type="search"
          aria-label="Search: a channel's beginning, key=value of the metadata, or a sid"
          placeholder="Channel, key=value or sid"
          value={address.get('q') ?? ''}
          onChange={({ target }) => moveTo({ q: target.value }, { replace: true })}
        />
        <select
          aria-label="Mode"
          value={modeOf(address) ?? ''}
          onChange={({ target }) => moveTo({ mode: target.value })}
        >
          <option value="">All modes</option>
          {MODES.map((mode) => (
            <option key={mode} value={mode}>
              {words(mode)}
            </option>
          ))}
        </select>
        <label className="check">
          <input
            type="checkbox"
            checked={address.get('problems') === 'yes'}
            onChange={({ target }) => moveTo({ problems: target.checked ? 'yes' : null })}
          />
          With problems
        </label>
      </div>
    </search>
  );
}
