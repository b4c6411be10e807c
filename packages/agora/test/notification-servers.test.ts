import { describe, expect, it } from 'vitest';
import { readNotificationServers } from '../src/notification-servers.js';
import { requestPath } from '../src/client/requests.js';

const hosts = (list: unknown) => JSON.stringify({ data: { service: { hosts: list } } });

describe('The list of notification servers', () => {
  it('is read from a reply as Agora sends it', () => {
    const list = [{ primaryIP: '203.0.113.10' }, { primaryIP: '203.0.113.11' }];
    expect(readNotificationServers(hosts(list)).servers).toEqual(['203.0.113.10', '203.0.113.11']);
  });

  it('is read in another case, and with one server in place of the list', () => {
    const text = '{"Data": {"Service": {"Hosts": {"PrimaryIP": "203.0.113.10"}}}}';
    expect(readNotificationServers(text).servers).toEqual(['203.0.113.10']);
  });

  it('names each address once, and leaves out what is none', () => {
    const list = [
      { primaryIP: '203.0.113.10' },
      { primaryIP: '203.0.113.10' },
      { primaryIP: '' },
      {},
      null,
      7,
    ];
    expect(readNotificationServers(hosts(list)).servers).toEqual(['203.0.113.10']);
    expect(readNotificationServers(hosts([])).servers).toEqual([]);
  });

  it.each(['', '<html>', '{}', '[]', 'null', '{"data":{"service":{}}}', hosts('203.0.113.10')])(
    'is not there in %j',
    (text) => {
      expect(readNotificationServers(text).servers).toBeNull();
    },
  );

  it('has an address that belongs to no project', () => {
    expect(requestPath({ operation: 'ncsIp' })).toBe('v1/ncs/ip');
  });
});
