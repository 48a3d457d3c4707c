import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Certificates are made with the openssl command, so that no private key is kept in the project. */
export function hasOpenssl(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    console.warn("Skipped: there is no openssl command on this machine to make certificates with.");
    return false;
  }
}

export interface Certificate {
  certificate: string;
  key: string;
}

export interface Authority {
  ca: string;
  /** Signs for 127.0.0.1, or for whom the subject names; one that has expired was good for a day in 2020. */
  sign(options?: { commonName?: string; names?: string; isExpired?: boolean }): Certificate;
  /** One that nobody vouches for. */
  signItself(): Certificate;
  remove(): void;
}

const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
const CONFIGURATION = `
[ca]
default_ca = own
[own]
database = index
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
unique_subject = no
copy_extensions = none
[any]
commonName = supplied
`;

export function makeAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), "ferry-ca-"));
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  writeFileSync(join(folder, "configuration"), CONFIGURATION);
  writeFileSync(join(folder, "index"), "");
  writeFileSync(join(folder, "serial"), "01");
  openssl(
    "req",
    "-x509",
    ...NEW_KEY,
    "-keyout",
    "ca.key",
    "-out",
    "ca.crt",
    "-subj",
    "/CN=Ferry test CA",
    "-days",
    "2",
  );
  return {
    ca: read("ca.crt"),
    sign: ({ commonName = "db.example", names = "IP:127.0.0.1", isExpired = false } = {}) => {
      openssl("req", ...NEW_KEY, "-keyout", "own.key", "-out", "own.csr", "-subj", `/CN=${commonName}`);
      writeFileSync(join(folder, "names"), `subjectAltName = ${names}`);
      const dates = isExpired ? ["-startdate", "20200101000000Z", "-enddate", "20200102000000Z"] : ["-days", "2"];
      const signer = ["-config", "configuration", "-cert", "ca.crt", "-keyfile", "ca.key", "-extfile", "names"];
      openssl("ca", "-batch", "-notext", ...signer, ...dates, "-in", "own.csr", "-out", "own.crt");
      return { certificate: read("own.crt"), key: read("own.key") };
    },
    signItself: () => {
      openssl(
        "req",
        "-x509",
        ...NEW_KEY,
        "-keyout",
        "self.key",
        "-out",
        "self.crt",
        "-subj",
        "/CN=127.0.0.1",
        "-days",
        "2",
      );
      return { certificate: read("self.crt"), key: read("self.key") };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
