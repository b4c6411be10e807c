import { success } from '../replies.js';
import { type ServiceOperation } from '../../service.js';

/** Notifications come from this machine; the shape is Agora's (agora-facts.md, section 1, "Source IPs"). */
export const ncsIp: ServiceOperation = () =>
  success({ data: { service: { hosts: [{ primaryIP: '127.0.0.1' }] } } });
