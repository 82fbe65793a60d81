const at = (host: string, port: string): string => `http://${host}:${process.env[port]}`;

/** Pages of `test/pages`, without a shop around them. */
export const pages = at('localhost', 'PAGES_PORT');
/** The same files from another origin, as a CDN has them. */
export const cdn = at('127.0.0.1', 'PAGES_PORT');
/** The demo's grocer. */
export const shop = at('localhost', 'SHOP_PORT');
/** The demo's gift shop. */
export const gifts = at('localhost', 'GIFTS_PORT');
