import { messageOf } from '../platform/errors';
import { log } from '../platform/log';
import { uploadOrigin } from '../platform/storage/upload-origin';

/**
 * What a page may load and where it may connect to: this server, and the store for uploads.
 * Scripts need the nonce of the very answer they come in, and those they load are trusted in turn. Elements with
 * styles need it as well; only style attributes are free, since the server renders widths of bars as such.
 * @param nonce drawn anew for every answer
 * @param development React rebuilds stack traces of the server with eval there, and styles are reloaded in place
 */
export async function contentSecurityPolicy(nonce: string, development: boolean): Promise<string> {
  const styles = development ? "'unsafe-inline'" : `'nonce-${nonce}'`;
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    "script-src-attr 'none'",
    `style-src 'self' ${styles}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self'${await store()}`,
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return directives.join('; ');
}

/** A store that cannot be named cannot be uploaded to; the pages still have to open. */
async function store(): Promise<string> {
  try {
    return ` ${await uploadOrigin()}`;
  } catch (error) {
    log().warn(
      { err: messageOf(error) },
      'the address of the file store is not known: uploads will be blocked',
    );
    return '';
  }
}
