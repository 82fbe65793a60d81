/** Takes away what was shown for some seconds. */
export function clearToasts(): void {
  document.querySelector('#toasts')!.replaceChildren();
}
