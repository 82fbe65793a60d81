/** What `@tensorflow/tfjs` has of its parts: the core, its operations as methods, and a backend to compute with. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
export * from '@tensorflow/tfjs-core';
