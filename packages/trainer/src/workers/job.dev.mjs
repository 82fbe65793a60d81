// On Node 20 a worker thread does not read TypeScript, though the thread that starts it was told how to.
import { register } from 'tsx/esm/api';

register();
export default (await import('./job.ts')).default;
