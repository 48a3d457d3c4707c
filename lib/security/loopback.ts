const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;

/** Whether only this machine reaches what listens there. Pure. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);
