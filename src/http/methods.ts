/** The methods of each path, for requests with another one. A sentence says what the path is for. */
const PATHS: [RegExp, { allow: string; error: string }][] = [
  [
    /^\/webhooks\/agora(\/[^/]+)?\/?$/,
    {
      allow: 'POST',
      error: 'This is where Agora sends its notifications, by POST. Enter this address in the Agora console.',
    },
  ],
  [
    /^\/graphql\/?$/,
    { allow: 'GET, POST, OPTIONS', error: 'GraphQL is answered to GET and POST, and over WebSocket.' },
  ],
  [/^\/graphql\/stream\/?$/, { allow: 'POST, OPTIONS', error: 'Server-sent events are answered to POST.' }],
  [/^\/media\/[^/]+\/index\.m3u8$/, { allow: 'GET, HEAD', error: 'Playlists are answered to GET and HEAD.' }],
  [/^\/media\/[^/]+\/file$/, { allow: 'GET, HEAD, OPTIONS', error: 'Files are answered to GET and HEAD.' }],
  [/^\/(healthz|readyz|metrics)?\/?$/, { allow: 'GET', error: 'Only GET is answered here.' }],
];

/** What to answer to a method that a path does not have; null where the path itself is unknown. */
export function otherMethod(url: string, method: string): { allow: string; error: string } | null {
  const [path = ''] = url.split('?');
  const found = PATHS.find(([pattern]) => pattern.test(path))?.[1];
  return found === undefined || found.allow.split(', ').includes(method) ? null : found;
}
