import { ANYONE, type Caller, isPermittedProfile } from '../../auth/caller.js';
import { scopedCommands } from './scoped-commands.js';
import { scopedStore } from './scoped-store.js';
import { type Configuration, type Services } from '../services.js';

function scopedConfiguration(configuration: Configuration, caller: Caller): Configuration {
  const { appIds } = caller.range;
  return {
    ...configuration,
    appIds: configuration.appIds.filter((appId) => appIds === null || appIds.includes(appId)),
    profiles: () => configuration.profiles().filter((profile) => isPermittedProfile(caller, profile)),
  };
}

/** Makes the services of each caller, with which nothing outside the caller's range can be reached. */
export function createScoping(services: Services): (caller: Caller) => Services {
  const made = new WeakMap<Caller, Services>();

  function scoped(caller: Caller): Services {
    const store = scopedStore(services.store, caller);
    return {
      ...services,
      store,
      commands: scopedCommands(services.commands, store, caller, services.configuration),
      configuration: scopedConfiguration(services.configuration, caller),
    };
  }

  return (caller) => {
    if (caller === ANYONE) return services;
    const own = made.get(caller) ?? scoped(caller);
    made.set(caller, own);
    return own;
  };
}
