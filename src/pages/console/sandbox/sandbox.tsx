import { ClockCard } from './clock';
import { type SandboxControl } from './control';
import { FaultsCard } from './faults';
import { NotificationsCard } from './notifications';
import { PublishersCard } from './publishers';

/** What a team does to the sandbox to see how the gateway takes it. Shown in sandbox mode only. */
export function SandboxRoom({ control }: { control: SandboxControl }) {
  return (
    <section className="room" aria-labelledby="sandbox-title" tabIndex={0}>
      <h2 id="sandbox-title">Sandbox</h2>
      <p className="quiet">It stands in for Agora. What is played here can be watched in the list.</p>
      <div className="cards">
        <FaultsCard control={control} />
        <NotificationsCard control={control} />
        <ClockCard control={control} />
        <PublishersCard control={control} />
      </div>
    </section>
  );
}
