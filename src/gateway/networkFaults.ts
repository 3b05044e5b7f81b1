/** What went wrong between here and the gateway. */
export interface NetworkFault {
  readonly code: "network" | "proxy" | "certificate" | "timeout";
  readonly detail: string | undefined;
  /** No connection ever came about, so the request cannot have left. */
  readonly isUnsent: boolean;
}

interface FaultRow extends NetworkFault {
  /** Codes in full, by Node, undici, OpenSSL or Chromium. */
  readonly codes: RegExp;
}

/**
 * Sources: Node.js `errors` and `tls` (verification codes of OpenSSL), undici `Errors.md`, Chromium `net_error_list.h`
 * for VS Code's Electron fetch. The first row that matches counts.
 */
const FAULTS: readonly FaultRow[] = [
  { code: "proxy", detail: "it wants a user name and a password", isUnsent: true, codes: /^ERR_PROXY_AUTH_\w+$/ },
  {
    code: "proxy",
    detail: "the encrypted connection to it failed",
    isUnsent: true,
    codes: /^(UND_ERR_PRX_TLS|ERR_PROXY_CERTIFICATE_INVALID)$/,
  },
  {
    code: "proxy",
    detail: "the proxy itself cannot be reached",
    isUnsent: true,
    codes: /^(UND_ERR_PRX\w*|ERR_(PROXY|TUNNEL|SOCKS|MANDATORY_PROXY)_\w+)$/,
  },
  {
    code: "certificate",
    detail: "its certificate is self-signed",
    isUnsent: true,
    codes: /^DEPTH_ZERO_SELF_SIGNED_CERT$/,
  },
  {
    code: "certificate",
    detail: "its certificate was issued by someone this machine does not trust",
    isUnsent: true,
    codes:
      /^(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|CERT_UNTRUSTED|INVALID_CA|ERR_CERT_AUTHORITY_INVALID)$/,
  },
  {
    code: "certificate",
    detail: "its certificate has expired, or this machine's clock is wrong",
    isUnsent: true,
    codes: /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|ERR_CERT_DATE_INVALID)$/,
  },
  {
    code: "certificate",
    detail: "its certificate is for another name",
    isUnsent: true,
    codes: /^(ERR_TLS_CERT_ALTNAME_\w+|HOSTNAME_MISMATCH|ERR_CERT_COMMON_NAME_INVALID)$/,
  },
  {
    code: "certificate",
    detail: "its certificate was revoked",
    isUnsent: true,
    codes: /^(CERT_REVOKED|ERR_CERT_REVOKED)$/,
  },
  {
    code: "certificate",
    detail: "its certificate cannot be verified",
    isUnsent: true,
    codes:
      /^(CERT_\w+|CRL_\w+|ERR_CERT_\w+|UNABLE_TO_\w+|ERROR_IN_C(ERT|RL)_\w+|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)$/,
  },
  {
    code: "certificate",
    detail: "it does not speak TLS",
    isUnsent: true,
    codes: /^(ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG)$/,
  },
  // A running connection can fail in these ways too, so the request may have left.
  { code: "certificate", detail: "its encryption failed", isUnsent: false, codes: /^(EPROTO|ERR_(TLS|SSL)_\w+)$/ },
  {
    code: "network",
    detail: "the connection was refused",
    isUnsent: true,
    codes: /^(ECONNREFUSED|ERR_CONNECTION_REFUSED)$/,
  },
  {
    code: "network",
    detail: "its name was not found",
    isUnsent: true,
    codes: /^(ENOTFOUND|ENODATA|ERR_NAME_NOT_RESOLVED)$/,
  },
  {
    code: "network",
    detail: "its name could not be looked up",
    isUnsent: true,
    codes: /^(EAI_\w+|ERR_(DNS|ICANN_NAME)_\w+)$/,
  },
  {
    code: "network",
    detail: "there is no network",
    isUnsent: true,
    codes: /^(ENETUNREACH|ENETDOWN|ERR_INTERNET_DISCONNECTED)$/,
  },
  {
    code: "network",
    detail: "there is no way to it",
    isUnsent: true,
    codes: /^(EHOSTUNREACH|EHOSTDOWN|EADDRNOTAVAIL|ERR_ADDRESS_\w+)$/,
  },
  {
    code: "timeout",
    detail: "no connection came about",
    isUnsent: true,
    codes: /^(UND_ERR_CONNECT_TIMEOUT|ERR_CONNECTION_TIMED_OUT)$/,
  },
  {
    code: "timeout",
    detail: undefined,
    isUnsent: false,
    codes: /^(ETIMEDOUT|UND_ERR_(HEADERS|BODY)_TIMEOUT|ERR_TIMED_OUT)$/,
  },
  {
    code: "network",
    detail: "the connection was cut",
    isUnsent: false,
    codes:
      /^(ECONNRESET|ECONNABORTED|EPIPE|ENETRESET|UND_ERR_SOCKET|ERR_STREAM_PREMATURE_CLOSE|ERR_(CONNECTION|SOCKET|NETWORK|EMPTY)_\w+)$/,
  },
];

/** Node has no code of its own for it; firewalls do it. */
const CUT_IN_HANDSHAKE: NetworkFault = {
  code: "network",
  detail: "the connection was cut before it was safe",
  isUnsent: true,
};

/** The fault an error stands for by its code; `undefined` when it has none that is known. */
export function findNetworkFault(error: Error): NetworkFault | undefined {
  if (error.name === "TimeoutError") return { code: "timeout", detail: undefined, isUnsent: false };
  if (/before secure TLS connection was established/.test(error.message)) return CUT_IN_HANDSHAKE;
  const code = readCode(error);
  const row = code === undefined ? undefined : FAULTS.find(({ codes }) => codes.test(code));
  if (row === undefined) return undefined;
  if (code === "ETIMEDOUT" && isConnecting(error))
    return { code: "timeout", detail: "no connection came about", isUnsent: true };
  return { code: row.code, detail: row.detail, isUnsent: row.isUnsent };
}

/** Electron's fetch has the code in the message only. */
function readCode(error: Error): string | undefined {
  if ("code" in error && typeof error.code === "string") return error.code;
  return /\bnet::(ERR_[A-Z_]+)/.exec(error.message)?.[1];
}

function isConnecting(error: Error): boolean {
  return "syscall" in error && error.syscall === "connect";
}
