import { DEPENDENCIES } from '../../telemetry/outages.js';
import { defineEnum, named } from './define-enum.js';

export const Dependency = defineEnum('Dependency', 'What the gateway depends on.', named(DEPENDENCIES));
