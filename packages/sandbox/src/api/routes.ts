import { type SandboxOperation } from './calls.js';
import { acquire } from './operations/acquire.js';
import { ncsIp } from './operations/ncs-ip.js';
import { query } from './operations/query.js';
import { start } from './operations/start.js';
import { stop } from './operations/stop.js';
import { update } from './operations/update.js';
import { updateLayout } from './operations/update-layout.js';
import { type ServiceOperation } from './service.js';

/** One path of the REST API. */
export interface Route {
  method: 'GET' | 'POST';
  path: string;
  operation: SandboxOperation;
  run: ServiceOperation;
}

const RECORDING = '/v1/apps/:appid/cloud_recording';
const RESOURCE = `${RECORDING}/resourceid/:resourceid`;
const TASK = `${RESOURCE}/sid/:sid/mode/:mode`;

/** Agora's paths (REST reference, "Endpoints"). */
export const ROUTES: readonly Route[] = [
  { method: 'POST', path: `${RECORDING}/acquire`, operation: 'acquire', run: acquire },
  { method: 'POST', path: `${RESOURCE}/mode/:mode/start`, operation: 'start', run: start },
  { method: 'GET', path: `${TASK}/query`, operation: 'query', run: query },
  { method: 'POST', path: `${TASK}/update`, operation: 'update', run: update },
  { method: 'POST', path: `${TASK}/updateLayout`, operation: 'updateLayout', run: updateLayout },
  { method: 'POST', path: `${TASK}/stop`, operation: 'stop', run: stop },
  { method: 'GET', path: '/v1/ncs/ip', operation: 'ncsIp', run: ncsIp },
];
