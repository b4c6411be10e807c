/** The webhook of a gateway on its default port. */
export const DEFAULT_WEBHOOK_URL = 'http://127.0.0.1:4000/webhooks/agora';
