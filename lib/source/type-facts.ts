/** A row of pg_type, as far as it decides how a column travels. */
export interface SourceType {
  oid: number;
  name: string;
  /** pg_type.typtype: b base, c composite, d domain, e enum, r range, m multirange, p pseudo. */
  type: string;
  /** Element of a true array, else 0. */
  elementOid: number;
  baseOid: number;
  subtypeOid: number;
  hasBinaryForm: boolean;
}

/** Types below this came with the server: their OIDs are the same on every one. */
const FIRST_USER_OID = 16_384;

/** Their values name rows of a catalogue, by an OID that means something else on another server. */
const NAMES_CATALOGUE = new Set([
  "regproc",
  "regprocedure",
  "regoper",
  "regoperator",
  "regclass",
  "regtype",
  "regrole",
  "regnamespace",
  "regconfig",
  "regdictionary",
  "regcollation",
  "regdatabase",
  "aclitem",
  // Its binary form declares an encoding, its text form does not.
  "xml",
]);

/** Whether values of a built-in type are better not taken in their binary form, though there is one. */
export const namesCatalogue = (name: string): boolean => NAMES_CATALOGUE.has(name);

/**
 * Whether a value's binary form means the same on another server. Arrays carry the OID of their element type,
 * composites those of their fields, extensions make no promise: these travel as text. When in doubt, text.
 */
export function travelsAsBinary(typeOid: number, types: ReadonlyMap<number, SourceType>): boolean {
  const type = types.get(typeOid);
  if (!type?.hasBinaryForm) return false;
  switch (type.type) {
    case "b":
      if (type.oid >= FIRST_USER_OID || namesCatalogue(type.name)) return false;
      return type.elementOid === 0 || (type.elementOid < FIRST_USER_OID && travelsAsBinary(type.elementOid, types));
    case "e":
      return true;
    case "d":
      return travelsAsBinary(type.baseOid, types);
    case "r":
      return travelsAsBinary(type.subtypeOid, types);
    case "m":
      return type.oid < FIRST_USER_OID;
    default:
      return false;
  }
}
