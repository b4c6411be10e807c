import { success } from '../replies.js';
import { type ServiceOperation } from '../service.js';

/** The addresses that notifications come from (REST reference, get-ncs-ip): this machine. */
export const ncsIp: ServiceOperation = () =>
  success({ data: { service: { hosts: [{ primaryIP: '127.0.0.1' }] } } });
