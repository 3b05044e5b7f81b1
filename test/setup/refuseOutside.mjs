// Loaded with `node --import`: every TCP connection of this process that would leave the machine is refused, and its
// target is appended to the file that WAYBILL_OUTSIDE_LOG names. Node hands the flag on to what it forks.
import { appendFileSync } from "node:fs";
import { Socket } from "node:net";

const LOOPBACK = /^(localhost|.*\.localhost|::1|\[::1\]|0\.0\.0\.0|(::ffff:)?127\.\d+\.\d+\.\d+)$/i;
const connect = Socket.prototype.connect;

Socket.prototype.connect = function connectOnLoopback(...parameters) {
  const { host, port, path } = targetOf(parameters);
  if (path !== undefined || host === undefined || host === "" || LOOPBACK.test(host))
    return connect.apply(this, parameters);
  const refusal = refusalOf(host, port);
  this.connecting = true;
  process.nextTick(() => this.destroy(refusal));
  return this;
};

/** @param {any[]} parameters `connect(port, host?)`, `connect(path)`, `connect(options)` or Node's own normalised array. */
function targetOf(parameters) {
  const [first, second] = Array.isArray(parameters[0]) ? parameters[0] : parameters;
  if (typeof first === "object" && first !== null) return { host: first.host, port: first.port, path: first.path };
  if (typeof first === "string" && !/^\d+$/.test(first)) return { path: first };
  return { host: typeof second === "string" ? second : undefined, port: first };
}

/**
 * A name under `.invalid` exists nowhere (RFC 6761): a test may ask for one, and is told so without asking a name server.
 * @param {string} host
 * @param {string | number} port
 */
function refusalOf(host, port) {
  if (host.endsWith(".invalid")) {
    const details = { code: "ENOTFOUND", errno: -3008, syscall: "getaddrinfo", hostname: host };
    return Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), details);
  }
  record(`${host}:${port}`);
  const refusal = new Error(`A test tried to reach ${host}:${port}. Only loopback is allowed.`);
  return Object.assign(refusal, { code: "ECONNREFUSED" });
}

/** @param {string} target */
function record(target) {
  const file = process.env.WAYBILL_OUTSIDE_LOG;
  if (file !== undefined) appendFileSync(file, `${target}\n`);
}
