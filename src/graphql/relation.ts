/** Keeps a class that refers back to its referrer out of the emitted metadata: modules that import each other stay loadable. */
export type Relation<T> = T;
