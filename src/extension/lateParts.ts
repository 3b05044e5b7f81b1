/**
 * What every question needs, whoever asks it. The build makes one bundle of it, so that what VS Code loads at start stays
 * small.
 */
export { createEngine } from "./platform/engine.ts";
