import { defineEnum } from './define-enum.js';

export const GatewayMode = defineEnum('GatewayMode', 'What the gateway works with.', {
  SANDBOX: ['SANDBOX', 'A sandbox, which records nothing.'],
  AGORA: ['AGORA', 'Agora Cloud Recording.'],
});
