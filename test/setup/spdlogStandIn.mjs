// The part of `@vscode/spdlog` that VS Code uses, in JavaScript: the native one is not compiled here, and without it VS
// Code writes no log file at all. Lines are written at once, because extension hosts are ended without a warning.
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

const LEVELS = ["trace", "debug", "info", "warn", "error", "critical"];

class Logger {
  #file;
  #level = 2;
  #isBare = false;

  /** @param {string} file */
  constructor(file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    for (const [level, name] of LEVELS.entries()) {
      this[name] = (/** @type {string} */ message) => this.#write(level, name, message);
    }
  }

  getLevel() {
    return this.#level;
  }

  /** @param {number} level 6 is off. */
  setLevel(level) {
    this.#level = level;
  }

  setPattern() {
    this.#isBare = false;
  }

  clearFormatters() {
    this.#isBare = true;
  }

  flush() {
    // Nothing waits.
  }

  drop() {
    this.#level = LEVELS.length;
  }

  #write(/** @type {number} */ level, /** @type {string} */ name, /** @type {string} */ message) {
    if (level < this.#level) return;
    const text = this.#isBare ? message : `${new Date().toISOString()} [${name}] ${message}\n`;
    try {
      appendFileSync(this.#file, text);
    } catch {
      // The folder is removed while the last host ends.
    }
  }
}

export const version = 0;

export function setFlushOn() {
  // Every line is written at once.
}

export function setLevel() {
  // Each logger has its own.
}

/** @param {string} _name @param {string} file */
export async function createAsyncRotatingLogger(_name, file) {
  return new Logger(file);
}
