import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { vulkanEnvironment } from '../../../../packages/sdk/test/node/vulkanEnvironment.ts';
import { type BenchPage, benchPage } from '../BenchPage.ts';
import type { Answer, Question } from './page.ts';

/** Opens a process with the page of the packed bench. */
export async function openProcess(): Promise<BenchPage> {
  const child = fork(fileURLToPath(new URL('page.js', import.meta.url)), {
    env: vulkanEnvironment(import.meta.dirname),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const gone = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`the process crashed: ${signal ?? `exit code ${code}`}`);
  });
  gone.catch(() => undefined);
  const message = (): Promise<unknown> => Promise.race([once(child, 'message').then(([it]) => it), gone]);
  await message();
  return benchPage({
    async ask(name, args) {
      const answered = message();
      child.send({ name, args } satisfies Question);
      const answer = (await answered) as Answer;
      if ('error' in answer) throw new Error(answer.error);
      return answer.value;
    },
    onComplaint(listener) {
      child.stderr!.on('data', (text: Buffer) => listener(text.toString()));
    },
    async close() {
      child.kill('SIGKILL');
      await gone.catch(() => undefined);
    },
  });
}
