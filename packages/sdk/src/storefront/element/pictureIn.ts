/** How often one address is asked for: what failed once may be there the next time, what is not in the shop never is. */
const TRIES = 3;

/**
 * Keeps the room of a picture that cannot be loaded, with nothing in it, by a class; it is shown once anything can be, whoever has set
 * its address.
 *
 * @returns shows the picture of an address; given again, one that failed is asked for again
 */
export function pictureIn(image: HTMLImageElement): (address: string | undefined) => void {
  let tries = 0;
  let wanted: string | undefined;
  let failed = false;
  const ended = ({ type }: Event): void => {
    failed = type === 'error';
    image.classList.toggle('evershelf-broken', failed);
  };
  image.addEventListener('error', ended);
  image.addEventListener('load', ended);
  return (address) => {
    const again = failed && navigator.onLine && tries < TRIES;
    if (address === wanted && !again) return;
    if (address !== wanted) {
      image.classList.remove('evershelf-broken');
      tries = 0;
    }
    wanted = address;
    failed = false;
    tries++;
    if (address === undefined) image.removeAttribute('src');
    else image.setAttribute('src', address);
  };
}
