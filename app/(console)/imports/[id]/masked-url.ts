import { endpointAddress } from "@/app/_ui/endpoint";
import type { EndpointView } from "@/lib/imports/view";

/** The connection string as it looks before anybody asked for the password. */
export function maskedUrl(endpoint: EndpointView, mask: string): string {
  const user = endpoint.user === null ? "" : `${encodeURIComponent(endpoint.user)}:${mask}@`;
  return `postgresql://${user}${endpointAddress(endpoint)}/${encodeURIComponent(endpoint.database)}`;
}
