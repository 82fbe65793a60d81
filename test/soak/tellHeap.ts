/** To be imported by a process with `--expose-gc`: asked for its heap, it collects what is free and tells its bytes. */
process.on('message', (message) => {
  if (message !== 'heap') return;
  globalThis.gc!();
  process.send!(process.memoryUsage().heapUsed);
});
// It ends as it would without.
process.channel?.unref();
