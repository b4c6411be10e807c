import { describe, expect, it } from 'vitest';
import { createHostList, withPrivateAddresses } from '../../src/commands/start/rules/outgoing-addresses.js';

const fields = (input: object, hosts: string[] = []) =>
  withPrivateAddresses(input, [], createHostList(hosts)).map(({ field }) => field?.join('.'));

/** Hosts of private networks and of this machine, in every form in which a browser takes them. */
const PRIVATE = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'a.localhost',
  'printer.local',
  'metadata.google.internal',
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0177.0.0.1',
  '0x7f.1',
  '%31%32%37.0.0.1',
  '１２７.0.0.1',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '224.0.0.1',
  '255.255.255.255',
  '[::1]',
  '[::]',
  '[fe80::1]',
  '[fd00::1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
];

const PUBLIC = ['acme.example', 'localhost.example', '8.8.8.8', '[2606:4700::1111]', 'cdn.acme.example:8443'];

describe('An address that Agora opens', () => {
  it.each(PRIVATE)('is refused with the host %s, whatever the scheme and user', (host) => {
    for (const prefix of [
      'http://',
      'https://',
      'HTTPS:',
      'http:/',
      'http://user:password@',
      'http://8.8.8.8@',
    ])
      expect([prefix, fields({ url: `${prefix}${host}/a` })]).toEqual([prefix, ['url']]);
    for (const scheme of ['rtmp://', 'rtmps://'])
      expect(fields({ outputs: [{ rtmpUrl: `${scheme}${host}/live/key` }] })).toEqual(['outputs.rtmpUrl']);
    expect(fields({ location: { s3Compatible: { endpoint: host } } })).toEqual([
      'location.s3Compatible.endpoint',
    ]);
  });

  it.each(PUBLIC)('is taken with the host %s', (host) => {
    const layout = {
      backgroundImage: `https://${host}/a.jpg`,
      defaultUserBackgroundImage: `https://${host}/a.jpg`,
      backgroundConfig: [{ uid: '1', imageUrl: `https://${host}/a.jpg` }],
    };
    const input = {
      web: { url: `https://${host}/`, outputs: [{ rtmpUrl: `rtmp://${host}/live/key` }] },
      layout,
    };
    expect(fields({ ...input, endpoint: host })).toEqual([]);
  });

  it('is refused in each image of a layout, once for a list', () => {
    const image = 'https://10.0.0.1/a.jpg';
    const backgroundConfig = [{ imageUrl: image }, { imageUrl: image }];
    expect(fields({ backgroundImage: image, defaultUserBackgroundImage: image, backgroundConfig })).toEqual([
      'backgroundImage',
      'defaultUserBackgroundImage',
      'backgroundConfig.imageUrl',
    ]);
  });

  it.each(['https://acme.example\\@10.0.0.1/', 'https:\\\\10.0.0.1/', 'https://[::1/'])(
    'is refused if it can be read in two ways or in none: %s',
    (url) => expect(fields({ url })).toEqual(['url']),
  );

  it('is taken if its host is one of the exceptions: a name, an address or a range', () => {
    const hosts = ['media.internal', '127.0.0.1', '[fd00::1]', '10.1.0.0/16'];
    const of = (host: string) => fields({ url: `https://${host}/` }, hosts);
    for (const host of ['media.internal', 'MEDIA.internal.', '0x7f000001', '[fd00::1]', '10.1.2.3'])
      expect([host, of(host)]).toEqual([host, []]);
    for (const host of ['x.media.internal', '127.0.0.2', '[fd00::2]', '10.2.0.1', 'localhost'])
      expect([host, of(host)]).toEqual([host, ['url']]);
  });

  it('is one error of its field, next to the other errors of the input', () => {
    const other = withPrivateAddresses({ url: 'https://localhost/' }, [], () => false);
    expect(withPrivateAddresses({ url: 'https://localhost/' }, other, () => false)).toEqual(other);
    expect(other).toMatchObject([{ code: 'INVALID_PARAMETER', field: ['url'] }]);
    expect(other[0]?.message).toContain('OUTGOING_HOSTS');
  });
});
