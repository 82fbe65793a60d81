import type { Offered } from './page/offered.ts';

/** A page of the bench, or a process in its stead. */
export interface BenchPage {
  /**
   * Calls what the page offers.
   *
   * @throws {Error} where the page does, where it crashes, or after `seconds`
   */
  call<Name extends keyof Offered>(
    name: Name,
    seconds: number,
    ...args: Parameters<Offered[Name]>
  ): Promise<Awaited<ReturnType<Offered[Name]>>>;
  /** The last complaint of the console since the last call began. */
  complaint(): string;
  /** False once the page crashed or gave no answer in time: nothing can be asked of it any more. */
  isAlive(): boolean;
  close(): Promise<void>;
}

/** What a page is made of. */
interface Parts {
  ask(name: keyof Offered, args: readonly unknown[]): Promise<unknown>;
  /** Takes a listener to complaints of the console. */
  onComplaint(listener: (complaint: string) => void): void;
  close(): Promise<void>;
}

export function benchPage({ ask, onComplaint, close }: Parts): BenchPage {
  let alive = true;
  let complaint = '';
  onComplaint((next) => (complaint = next));
  return {
    async call(name, seconds, ...args) {
      complaint = '';
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          alive = false;
          reject(new Error(`no answer within ${seconds} s`));
        }, seconds * 1000);
      });
      try {
        return (await Promise.race([ask(name, args), late])) as never;
      } catch (error) {
        if (/crashed|closed/.test((error as Error).message)) alive = false;
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    complaint: () => complaint,
    isAlive: () => alive,
    close,
  };
}
