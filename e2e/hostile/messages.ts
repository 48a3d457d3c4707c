/** A server's messages, honest in form unless somebody asks for another length. */
export function message(type: string, body: Buffer | string = "", length?: number): Buffer {
  const bytes = Buffer.from(body);
  const head = Buffer.alloc(5);
  head.write(type, 0, "latin1");
  head.writeUInt32BE(length ?? bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
}

export const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value | 0);
  return bytes;
};
export const int16 = (value: number): Buffer => int32(value).subarray(2);

export const signIn = (way: number, more: Buffer | string = ""): Buffer =>
  message("R", Buffer.concat([int32(way), Buffer.from(more)]));

export const status = (name: string, value: string): Buffer => message("S", `${name}\0${value}\0`);
export const ready = (): Buffer => message("Z", "I");
export const complete = (tag: string): Buffer => message("C", `${tag}\0`);

export function failure(words: string, { state = "XX000", type = "E" } = {}): Buffer {
  return message(type, `SERROR\0VERROR\0C${state}\0M${words}\0\0`);
}

export function columns(names: readonly string[], typeOid = 25): Buffer {
  const each = names.map((name) =>
    Buffer.concat([Buffer.from(`${name}\0`), int32(0), int16(0), int32(typeOid), int16(-1), int32(-1), int16(0)]),
  );
  return message("T", Buffer.concat([int16(names.length), ...each]));
}

export function row(values: readonly (string | null)[]): Buffer {
  const each = values.map((value) =>
    value === null ? int32(-1) : Buffer.concat([int32(Buffer.byteLength(value)), Buffer.from(value)]),
  );
  return message("D", Buffer.concat([int16(values.length), ...each]));
}

/** One row as the answer to a question, and the server ready for the next one. */
export const answer = (values: Record<string, string | null>, typeOid = 25): Buffer =>
  Buffer.concat([columns(Object.keys(values), typeOid), row(Object.values(values)), complete("SELECT 1"), ready()]);

/** The process that the login names. */
export const OWN_PID = 4711;
export const welcome = (): Buffer =>
  Buffer.concat([
    signIn(0),
    status("server_version", "17.2"),
    message("K", Buffer.concat([int32(OWN_PID), int32(1)])),
    ready(),
  ]);
