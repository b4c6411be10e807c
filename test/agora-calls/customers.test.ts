import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { describe, expect, it } from 'vitest';
import { createCustomers } from '../../src/agora-calls/customers.js';
import { createLog } from '../../src/telemetry/log.js';

const pair = (customerId: string) => ({ customerId, customerSecret: new Secret('secret') });
const NEW = pair('new');
const OLD = pair('old');

const customers = () => createCustomers([NEW, OLD], createLog('silent'));

describe('Of several pairs of customer ID and secret', () => {
  it('the first is used until Agora refuses it, then the next, until that is refused as well', () => {
    const pairs = customers();
    expect(pairs.choose(new Set())).toBe(NEW);
    pairs.refused(NEW);
    expect(pairs.choose(new Set())).toBe(OLD);
    pairs.refused(OLD);
    expect(pairs.choose(new Set([OLD]))).toBe(NEW);
    pairs.accepted(NEW);
    expect(pairs.choose(new Set())).toBe(NEW);
  });

  it('each is tried at most once for one call', () => {
    expect(customers().choose(new Set([NEW, OLD]))).toBeNull();
  });

  it('all are usable again once they are replaced', () => {
    const pairs = customers();
    pairs.refused(NEW);
    pairs.replace([NEW]);
    expect(pairs.choose(new Set())).toBe(NEW);
    pairs.refused(OLD);
    expect(pairs.choose(new Set())).toBe(NEW);
  });
});
