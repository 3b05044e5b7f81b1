/** What only edits in the document need: a bundle of its own, loaded with the first of them. */
export { InlineEdits } from "./features/inlineEdit/inlineEdits.ts";
