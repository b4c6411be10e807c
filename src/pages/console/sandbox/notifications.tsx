import { Outcome, useCommand } from '../shell/command';
import { useReading } from '../shell/reading';
import { Card } from './card';
import { type SandboxControl } from './control';
import { DELIVERIES, DELIVERY_NAMES, deliveryOf, disturbanceOf } from './delivery';

/** Whether notifications come, and how. */
export function NotificationsCard({ control }: { control: SandboxControl }) {
  const { answer, error, set, again } = useReading(control.notifications);
  const { done, run } = useCommand();
  const current = answer === null ? null : deliveryOf(answer);

  return (
    <Card title="Notifications">
      <fieldset className="choices" disabled={answer === null}>
        <legend className="hidden">Delivery of notifications</legend>
        {DELIVERY_NAMES.map((name) => (
          <label key={name} className="choice">
            <input
              type="radio"
              name="delivery"
              value={name}
              checked={current === name}
              onChange={() =>
                run(async () => {
                  set(disturbanceOf(name));
                  try {
                    set(await control.changeNotifications(disturbanceOf(name)));
                  } catch (failure) {
                    again();
                    throw failure;
                  }
                  return `From now on: ${DELIVERIES[name].hint.toLowerCase()}`;
                })
              }
            />
            <span>
              {DELIVERIES[name].label} <span className="hint">{DELIVERIES[name].hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {answer !== null && current === null && (
        <p className="hint">The sandbox has other settings, which were made elsewhere.</p>
      )}
      <Outcome done={done} error={error} />
    </Card>
  );
}
