import { type ControlRoutes } from '../control-side.js';
import { clockNow } from './clock.js';

/** What a client needs, and the reset. */
export const projectRoutes: ControlRoutes = (state) => [
  {
    method: 'GET',
    url: '/sandbox',
    handle: () => {
      const { appId, customerId, customerSecret, webhookSecret, storage } = state.project;
      const { webhookUrl } = state.notificationSettings;
      return {
        ...{ appId, customerId, customerSecret, webhookSecret, webhookUrl },
        ...{ clock: clockNow(state), https: state.https, storage },
      };
    },
  },
  { method: 'DELETE', url: '/sandbox', handle: () => state.reset() },
];
