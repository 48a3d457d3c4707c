interface Circumstance {
  /** Of this answer alone; Next puts it on each script that it writes into the page. */
  nonce: string;
  isDevelopment: boolean;
  isHttps: boolean;
}

/**
 * What a page may load and run: what comes from here, and of scripts written into the page those with the nonce.
 * Style attributes are React's, in pages as the server writes them; they run nothing.
 */
export function contentSecurityPolicy({ nonce, isDevelopment, isHttps }: Circumstance): string {
  // Hot reload compiles in the browser and writes styles into the page.
  const [scripts, styles] = isDevelopment ? [" 'unsafe-eval'", "'unsafe-inline'"] : ["", `'nonce-${nonce}'`];
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${scripts}`,
    "script-src-attr 'none'",
    `style-src 'self' ${styles}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    ...(isHttps ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/** A browser that has come by https once does not come in clear again for a year. */
export const STRICT_TRANSPORT = "max-age=31536000";
