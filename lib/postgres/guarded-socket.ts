import type { AddressGuard } from "@/lib/security/address-guard";
import { LendingSocket } from "./lending-socket";

/** Connects to what the guard has looked up and let through: there is no second look-up that could answer otherwise. */
export class GuardedSocket extends LendingSocket {
  constructor(private readonly guard: AddressGuard) {
    super();
  }

  /** As pg calls it. A Unix socket would come without a host; the guard has refused it before. */
  override connect(...given: unknown[]): this {
    const [port, host] = given;
    if (typeof port !== "number" || typeof host !== "string")
      throw new Error("A guarded socket needs a host and a port.");
    this.guard.check(host, port);
    return super.connect({ port, host, lookup: this.guard.lookup });
  }
}
