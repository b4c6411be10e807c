import { type Group, request, row, UID } from './row.js';

/** Changes of a layout. */
export const LAYOUTS: readonly Group[] = [
  {
    name: 'a vertical layout',
    mutation: 'updateLayout',
    running: 'composite',
    input: {},
    body: { cname: 'running-composite', uid: UID },
    rows: [
      row('updateLayout-request.cname', {}, { cname: 'running-composite' }),
      row('updateLayout-request.uid', {}, { uid: UID }),
      row('updateLayout-request.clientRequest', {}, { clientRequest: {} }),
      row(
        'clientRequest-updateLayout.maxResolutionUid',
        { maxResolutionUid: '11' },
        request({ maxResolutionUid: '11' }),
      ),
      row(
        'clientRequest-updateLayout.mixedVideoLayout',
        { mixedVideoLayout: 'VERTICAL' },
        request({ mixedVideoLayout: 2 }),
      ),
      row(
        'clientRequest-updateLayout.backgroundColor',
        { backgroundColor: '#0088FF' },
        request({ backgroundColor: '#0088FF' }),
      ),
      row(
        'clientRequest-updateLayout.backgroundImage',
        { backgroundImage: 'https://acme.example/b.jpg' },
        request({ backgroundImage: 'https://acme.example/b.jpg' }),
      ),
      row(
        'clientRequest-updateLayout.defaultUserBackgroundImage',
        { defaultUserBackgroundImage: 'https://acme.example/u.jpg' },
        request({ defaultUserBackgroundImage: 'https://acme.example/u.jpg' }),
      ),
      row(
        'clientRequest-updateLayout.backgroundConfig',
        { backgroundConfig: [{ uid: '11', imageUrl: 'https://acme.example/11.jpg' }] },
        request({ backgroundConfig: [{ uid: '11', image_url: 'https://acme.example/11.jpg' }] }),
      ),
    ],
  },
  {
    name: 'a custom layout',
    mutation: 'updateLayout',
    running: 'composite',
    input: { mixedVideoLayout: 'CUSTOM' },
    body: { cname: 'running-composite', uid: UID, clientRequest: { mixedVideoLayout: 3 } },
    rows: [
      row(
        'clientRequest-updateLayout.layoutConfig',
        { layoutConfig: [{ x: 0, y: 0, width: 1, height: 1 }] },
        request({ layoutConfig: [{ x_axis: 0, y_axis: 0, width: 1, height: 1 }] }),
      ),
    ],
  },
];
