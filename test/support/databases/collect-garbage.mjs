// Preloaded with --expose-gc: collects garbage all the time, so that what stays resident is what is kept.
setInterval(() => globalThis.gc(), 1_000).unref();
