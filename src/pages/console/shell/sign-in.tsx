import { useEffect, useRef, useState } from 'react';
import { type Session } from './session';

/** Asks for a credential, over the page, until the gateway accepts one. */
export function SignIn({ session }: { session: Session }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [token, setToken] = useState('');
  useEffect(() => dialog.current?.showModal(), []);

  function submit(): void {
    const given = token.trim().replace(/^Bearer\s+/i, '');
    if (given !== '') session.signIn(given);
  }

  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby="sign-in-title"
      onCancel={(event) => event.preventDefault()}
    >
      <form
        method="dialog"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <h2 id="sign-in-title">Sign in</h2>
        {session.hasToken ? (
          <p role="alert" className="notice error">
            The gateway refused this credential. It is wrong, revoked or has expired.
          </p>
        ) : (
          <p>This gateway asks for a credential: an API key or a JSON Web Token.</p>
        )}
        <label className="field">
          <span>API key or token</span>
          <input
            type="password"
            name="token"
            autoComplete="off"
            required
            value={token}
            onChange={({ target }) => setToken(target.value)}
          />
        </label>
        <p className="hint">It is kept in this tab until the tab is closed, and sent only to this gateway.</p>
        <button className="primary">Sign in</button>
      </form>
    </dialog>
  );
}
