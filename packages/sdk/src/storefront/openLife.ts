/** How long something is open that has many parts. */
export interface Life {
  /** Has a part closed at the end, the latest first; at once where that has come. */
  ends(close: () => void): void;
  isOver(): boolean;
  end(): void;
}

/** @param signal ends it */
export function openLife(signal?: AbortSignal): Life {
  const parts: (() => void)[] = [];
  let over = false;
  const end = (): void => {
    over = true;
    for (let close; (close = parts.pop()) !== undefined;) close();
  };
  signal?.addEventListener('abort', end);
  parts.push(() => signal?.removeEventListener('abort', end));
  return {
    ends(close) {
      parts.push(close);
      if (over) end();
    },
    isOver: () => over,
    end,
  };
}
