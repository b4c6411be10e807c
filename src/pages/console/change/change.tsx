import { type Details } from '../one/details';
import { addressWith, followLink } from '../shell/address';
import { LayoutForm } from './layout-form';
import { SubscriptionForm } from './subscription-form';

/** What can be changed while it records. */
export function Change({ details }: { details: Details }) {
  const { mode, actions, appId, channel, uid, sid } = details;
  const adopt = { room: 'adopt', appId, channel, uid, sid, mode };
  return (
    <>
      {!actions.update.possible && <p className="notice">{actions.update.message}</p>}
      {actions.adopt.possible && (
        <p>
          <a href={addressWith(adopt)} onClick={(event) => followLink(event, adopt)}>
            Adopt it
          </a>{' '}
          to change and stop it from here.
        </p>
      )}
      {mode !== 'WEB' && <SubscriptionForm details={details} />}
      {mode === 'COMPOSITE' && <LayoutForm details={details} />}
      {mode === 'WEB' && (
        <p>A page recording is paused and resumed above. It has no streams and no layout.</p>
      )}
    </>
  );
}
