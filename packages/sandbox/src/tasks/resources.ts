import { type Resource, type SandboxStore } from './store.js';

/** Resource ids that are remembered; the oldest is dropped. */
export const MAX_RESOURCES = 20_000;

/** The resource ids that acquire returned, oldest first. */
export class Resources {
  readonly #store: SandboxStore;
  readonly #byId: Map<string, Resource>;

  constructor(store: SandboxStore) {
    this.#store = store;
    this.#byId = new Map(store.resources().map((resource) => [resource.resourceId, resource]));
  }

  find(resourceId: string): Resource | null {
    return this.#byId.get(resourceId) ?? null;
  }

  save(resource: Resource): void {
    this.#byId.set(resource.resourceId, resource);
    this.#store.saveResource(resource);
    if (this.#byId.size <= MAX_RESOURCES) return;
    const oldest = this.#byId.keys().next().value;
    if (oldest === undefined) return;
    this.#byId.delete(oldest);
    this.#store.deleteResource(oldest);
  }

  clear(): void {
    this.#byId.clear();
  }
}
