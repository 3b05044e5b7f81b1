/** What only a draft needs: a bundle of its own, loaded while the first one is typed, so that the first turn does not load it. */
export { createComposerPrice } from "./features/chat/createComposerPrice.ts";
