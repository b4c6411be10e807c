import { addressWith, followLink, useAddress } from './address';

const ROOMS = [
  { name: 'Recordings', room: null },
  { name: 'Start', room: 'start' },
  { name: 'Gateway', room: 'gateway' },
] as const;

/** The rooms of the console. */
export function Rooms() {
  const current = useAddress().get('room');
  return (
    <nav className="rooms" aria-label="Rooms">
      {ROOMS.map(({ name, room }) => (
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
