import { addressWith, followLink, useAddress } from './address';

const ROOMS = [
  { name: 'Recordings', room: null },
  { name: 'Start', room: 'start' },
  { name: 'Gateway', room: 'gateway' },
  { name: 'Sandbox', room: 'sandbox' },
] as const;

/** The rooms of the console; that of the sandbox in sandbox mode only. */
export function Rooms({ isSandbox }: { isSandbox: boolean }) {
  const current = useAddress().get('room');
  return (
    <nav className="rooms" aria-label="Rooms">
      {ROOMS.filter(({ room }) => isSandbox || room !== 'sandbox').map(({ name, room }) => (
        <a
          key={name}
          href={addressWith({ room })}
          aria-current={room === current ? 'page' : undefined}
          onClick={(event) => followLink(event, { room })}
        >
          {name}
        </a>
      ))}
    </nav>
  );
}
