/** Takes away what is shown for some seconds. */
export function clearToasts(): void {
  for (const toast of document.querySelectorAll('#toasts > :not(.toast-lasting)')) toast.remove();
}
