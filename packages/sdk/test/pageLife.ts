let restored = false;
addEventListener('pageshow', ({ persisted }) => (restored ||= persisted));

/** What a page of the tests offers of its own life. */
export const pageLife = {
  /** Says that the page went to the background, or came back; tests cannot hide a page that has no window. */
  async hide(hidden: boolean): Promise<void> {
    const visibilityState = hidden ? 'hidden' : 'visible';
    Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  },

  /** True where the browser had kept the page, and gave it back. */
  isRestored: async (): Promise<boolean> => restored,
};
