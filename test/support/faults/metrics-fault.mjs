/** Loaded before the gateway (node --import): reading its metrics fails, as a bug in it would make it. */
import { Registry } from 'prom-client';

Registry.prototype.metrics = () => Promise.reject(new Error('The registry is broken.'));
