// @ts-check
/**
 * Runs pg_dump (WebAssembly) in a worker thread. pg_dump reads and writes its connection synchronously, so this
 * thread blocks while the main thread, which owns the authenticated socket, carries the bytes.
 */
import { once } from "node:events";
import { setFlagsFromString } from "node:v8";
import { parentPort, receiveMessageOnPort } from "node:worker_threads";

/**
 * @typedef {object} DumpWork
 * @property {string[]} args of pg_dump
 * @property {Uint8Array} greeting what a server says after a successful authentication
 * @property {import("node:worker_threads").MessagePort} fromServer chunks of the server's bytes, null at the end
 * @property {Int32Array} arrivals counts the messages on `fromServer`; waited upon
 * @property {number} memoryBytes the most that pg_dump may hold
 */

/** @typedef {{ write: Uint8Array } | { taken: number } | { output: Uint8Array } | { words: string } | { outOfMemory: true } | { failed: string } | { done: true }} FromWorker */

/**
 * The two places among pg_dump's imports that are replaced here.
 * @typedef {object} PgDumpImports
 * @property {{ memory: WebAssembly.Memory, emscripten_resize_heap: (size: number) => number | boolean }} env
 * @property {WebAssembly.ModuleImports} wasi_snapshot_preview1
 */

// Loaded while whoever started this thread is still busy with what the dump needs.
const loading = import("@electric-sql/pglite-tools/pg_dump");
const orders = once(/** @type {import("node:worker_threads").MessagePort} */ (parentPort), "message");
const { pgDump } = await loading;
/** @type {[DumpWork]} */
const [work] = /** @type {[DumpWork]} */ (await orders);
const OUTPUT_CHUNK_BYTES = 256 * 1024;
const STANDARD_ERROR = 2;

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const READY_FOR_QUERY = 0x5a;

/** @param {FromWorker} message @param {Uint8Array} [moved] */
function post(message, moved) {
  parentPort?.postMessage(message, moved ? [/** @type {ArrayBuffer} */ (moved.buffer)] : []);
}

/** Blocks until the main thread has bytes of the server. Null means that the server has hung up. */
function receive() {
  for (;;) {
    const seen = Atomics.load(work.arrivals, 0);
    const arrived = receiveMessageOnPort(work.fromServer);
    if (arrived) {
      const chunk = /** @type {Uint8Array | null} */ (arrived.message);
      if (chunk) post({ taken: chunk.length });
      return chunk;
    }
    Atomics.wait(work.arrivals, 0, seen);
  }
}

/** Counts protocol messages of one type in a stream that arrives in pieces: each when its last byte is there. */
class MessageCounter {
  /** @param {number} type */
  constructor(type) {
    this.type = type;
    /** Bytes of the current message's body still to come. */
    this.ahead = 0;
    this.header = Buffer.alloc(5);
    this.headerLength = 0;
  }

  /** @param {Uint8Array} bytes */
  count(bytes) {
    let found = 0;
    let at = 0;
    while (at < bytes.length) {
      if (this.headerLength < 5) {
        this.header[this.headerLength++] = /** @type {number} */ (bytes[at++]);
        if (this.headerLength < 5) continue;
        this.ahead = this.header.readUInt32BE(1) - 4;
      }
      const step = Math.min(this.ahead, bytes.length - at);
      this.ahead -= step;
      at += step;
      if (this.ahead > 0) break;
      this.headerLength = 0;
      if (this.header[0] === this.type) found++;
    }
    return found;
  }
}

/** The part of PGlite's interface that pg_dump's wrapper calls. */
class Bridge {
  started = false;
  pending = Buffer.alloc(0);
  answers = new MessageCounter(READY_FOR_QUERY);
  hungUp = false;

  async query() {
    return { rows: [{ search_path: "" }] };
  }

  async exec() {}

  /** @param {Uint8Array} bytes @param {{ onRawData: (bytes: Uint8Array) => void }} receiver */
  execProtocolRawStream(bytes, { onRawData }) {
    this.pending = Buffer.concat([this.pending, bytes]);
    if (!this.started) return this.answerStartup(onRawData);
    const { length, questions } = this.wholeMessages();
    if (length === 0) return;
    const outgoing = new Uint8Array(this.pending.subarray(0, length));
    this.pending = Buffer.from(this.pending.subarray(length));
    post({ write: outgoing }, outgoing);
    if (questions > 0) onRawData(this.answer(questions));
  }

  /** The start-up packet has no type byte. The real one was sent by the main thread: this one is answered here. */
  answerStartup(/** @type {(bytes: Uint8Array) => void} */ onRawData) {
    if (this.pending.length < 8 || this.pending.length < this.pending.readInt32BE(0)) return;
    const code = this.pending.readInt32BE(4);
    this.pending = Buffer.from(this.pending.subarray(this.pending.readInt32BE(0)));
    if (code === SSL_REQUEST || code === GSS_REQUEST) return onRawData(Buffer.from("N"));
    this.started = true;
    onRawData(work.greeting);
  }

  /** How many bytes of `pending` are whole messages, and how many of these the server answers with ReadyForQuery. */
  wholeMessages() {
    let length = 0;
    let questions = 0;
    while (length + 5 <= this.pending.length) {
      const end = length + 1 + this.pending.readUInt32BE(length + 1);
      if (end > this.pending.length) break;
      const type = String.fromCharCode(/** @type {number} */ (this.pending[length]));
      if (type === "Q" || type === "S") questions++;
      length = end;
    }
    return { length, questions };
  }

  /** Collected before it is handed on: the wrapper copies all it holds for each piece it is given. */
  answer(/** @type {number} */ questions) {
    const chunks = [];
    let open = questions;
    while (open > 0 && !this.hungUp) {
      const chunk = receive();
      if (chunk === null) {
        // pg_dump then reads an end of file and says in its own words what it was doing.
        this.hungUp = true;
        break;
      }
      chunks.push(chunk);
      open -= this.answers.count(chunk);
    }
    return chunks.length === 1 ? /** @type {Uint8Array} */ (chunks[0]) : Buffer.concat(chunks);
  }
}

/** Gathers what pg_dump writes into larger pieces on their way out. */
class OutputPipe {
  buffer = new Uint8Array(OUTPUT_CHUNK_BYTES);
  length = 0;

  /** @param {Uint8Array} bytes */
  write(bytes) {
    let at = 0;
    while (at < bytes.length) {
      const step = Math.min(bytes.length - at, OUTPUT_CHUNK_BYTES - this.length);
      this.buffer.set(bytes.subarray(at, at + step), this.length);
      this.length += step;
      at += step;
      if (this.length === OUTPUT_CHUNK_BYTES) this.flush();
    }
  }

  flush() {
    if (this.length === 0) return;
    const piece = this.buffer.slice(0, this.length);
    this.length = 0;
    post({ output: piece }, piece);
  }
}

/**
 * The wrapper keeps the whole dump in memory and then removes every line that starts with `\restrict`, also from
 * function bodies. So the output is taken where pg_dump writes it, and the memory limit is set at the same place.
 * @param {OutputPipe} output
 */
function tapWebAssembly(output) {
  const instantiate = WebAssembly.instantiate;
  const decoder = new TextDecoder();

  /** @param {BufferSource} binary @param {PgDumpImports} imports */
  const tapped = (binary, imports) => {
    const { memory, emscripten_resize_heap: grow } = imports.env;
    /** @param {number} size */
    const growOrStop = (size) => {
      if (size >>> 0 <= work.memoryBytes && grow(size)) return 1;
      // pg_dump would go on with an empty text in place of the definition that did not fit.
      post({ outOfMemory: true });
      throw new Error("pg_dump ran out of memory");
    };
    /** @param {number} file @param {number} vectors @param {number} count @param {number} written */
    const write = (file, vectors, count, written) => {
      const view = new DataView(memory.buffer);
      let total = 0;
      for (let index = 0; index < count; index++) {
        const start = view.getUint32(vectors + index * 8, true);
        const length = view.getUint32(vectors + index * 8 + 4, true);
        const bytes = new Uint8Array(memory.buffer, start, length);
        if (file > STANDARD_ERROR) output.write(bytes);
        else if (file === STANDARD_ERROR) post({ words: decoder.decode(bytes, { stream: true }) });
        total += length;
      }
      view.setUint32(written, total, true);
      return 0;
    };
    optimise(false);
    return instantiate(binary, {
      ...imports,
      env: { ...imports.env, emscripten_resize_heap: growOrStop },
      wasi_snapshot_preview1: { ...imports.wasi_snapshot_preview1, fd_write: write },
    });
  };
  WebAssembly.instantiate = /** @type {typeof WebAssembly.instantiate} */ (/** @type {unknown} */ (tapped));
}

/**
 * What V8 would make of pg_dump's busier functions comes too late to be of use: a dump of 5,000 tables takes as long
 * without, and a quarter less of the processors, a small one a sixth less time. The flags are the whole process's, and
 * what it keeps of its own compiled code is good under those that it was started with: they are put back.
 * @param {boolean} isOn
 */
function optimise(isOn) {
  for (const flag of ["wasm-tier-up", "wasm-dynamic-tiering"]) setFlagsFromString(`--${isOn ? "" : "no-"}${flag}`);
}

// pg_dump begins each of its sentences with the name it was called by.
process.argv[1] = "pg_dump";
const output = new OutputPipe();
tapWebAssembly(output);
const bridge = /** @type {Parameters<typeof pgDump>[0]["pg"]} */ (/** @type {unknown} */ (new Bridge()));
try {
  await pgDump({ pg: bridge, args: work.args }).finally(() => optimise(true));
  output.flush();
  post({ done: true });
} catch (error) {
  post({ failed: error instanceof Error ? error.message : String(error) });
}
